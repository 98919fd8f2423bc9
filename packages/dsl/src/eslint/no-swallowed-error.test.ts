import { noSwallowedError } from './no-swallowed-error.ts';
import { inFlow, javascript, typescript } from './rule-tester.test-support.ts';

const MENU = "yield* menu('?', { 1: 'a' });";
const HELPER = `function* choose() { return ${MENU} }`;
const swallowed = (code: string, name = 'menu', declarations = '') => ({
  name: code,
  code: inFlow(code, declarations),
  errors: [{ messageId: 'swallowed', data: { name } }],
});
const fine = (code: string, declarations = '') => ({ name: code, code: inFlow(code, declarations) });

javascript.run('no-swallowed-error', noSwallowedError, {
  valid: [
    fine(`try { ${MENU} } catch (error) { if (!isNoAnswerError(error)) throw error; }`),
    fine(`try { ${MENU} } catch (error) { yield* log('failed', { error: String(error) }); }`),
    fine(`try { ${MENU} } catch ({ name }) { yield* log(name); }`),
    fine(`try { ${MENU} } finally { yield* log('over'); }`),
    fine("try { yield* step('find', () => 1); } catch { yield* say('Not now.'); }"),
    fine("try { yield* say('Hello.'); } catch {}"),
    fine(`try { const later = function* () { ${MENU} }; } catch {}`),
    fine("yield* step('parse', () => { try { return JSON.parse(text); } catch { return null; } });"),
    { name: 'a file that holds no flow', code: `function* f() { try { ${MENU} } catch {} }` },
  ],
  invalid: [
    swallowed(`try { ${MENU} } catch {}`),
    swallowed(`try { ${MENU} } catch { yield* hangup(); }`),
    swallowed(`try { ${MENU} } catch (error) {}`),
    swallowed(`let topic; try { topic = ${MENU} } catch (_) { topic = 'agent'; }`),
    swallowed("try { yield menu('?', { 1: 'a' }); } catch {}"),
    swallowed("try { const it = ask('?'); yield* it; } catch {}", 'ask'),
    swallowed("try { if (yield* confirm('?')) yield* say('Yes.'); } catch {}", 'confirm'),
    swallowed('try { yield* choose(); } catch {}', 'menu', HELPER),
    swallowed('try { yield* sales(); } catch {}', 'menu', `const sales = subflow('sales', ${HELPER.replace(' choose', '')});`),
    swallowed('try { yield* again(); } catch {}', 'menu', `function* again() { yield* again(); ${MENU} }`),
    swallowed(`try { try { ${MENU} } catch (error) { throw error; } } catch {}`),
    swallowed(`for (;;) { try { ${MENU} break; } catch { continue; } }`),
  ],
});

typescript.run('no-swallowed-error in TypeScript', noSwallowedError, {
  valid: [fine(`try { ${MENU} } catch (error: unknown) { throw error as Error; }`)],
  invalid: [
    swallowed("try { yield* (menu('?', { 1: 'a' }) as Flow<string>); } catch {}"),
    swallowed(`try { ${MENU} } catch (error: unknown) {}`),
  ],
});
