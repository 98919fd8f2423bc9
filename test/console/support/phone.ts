import type { Locator, Page } from 'playwright-core';

/** The console's phone, as people use it. */
export class Phone {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Where the call stands on the diagram; empty while it stands nowhere. */
  get lit(): Locator {
    return this.#page.locator('.hs-lit');
  }

  get conversation(): Locator {
    return this.#page.getByRole('log');
  }

  button(name: string): Locator {
    return this.#page.getByRole('region', { name: 'Phone' }).getByRole('button', { name, exact: true });
  }

  async call(flow: string): Promise<void> {
    await this.#page.getByRole('combobox', { name: 'Flow' }).selectOption(flow);
    await this.button('Call').click();
  }

  async hears(text: string): Promise<void> {
    await this.conversation.getByText(text).last().waitFor();
  }

  /** The flow waits for keys at a site. */
  async waitsAt(site: string): Promise<void> {
    await this.#page.locator(`.hs-lit[data-node="${site}"]`).waitFor();
    await this.#page.getByRole('status').getByText('Press keys').waitFor();
  }

  /** By the mouse on the keypad. */
  async click(keys: string): Promise<void> {
    const keypad = this.#page.getByRole('group', { name: 'Keypad' });
    for (const key of keys) await keypad.getByRole('button').filter({ hasText: key }).click();
  }

  /** By the keyboard. */
  async type(keys: string): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async hangUp(): Promise<void> {
    await this.button('Hang up').click();
    await this.isOver();
  }

  /** The call is over. */
  async isOver(): Promise<void> {
    await this.button('New call').waitFor();
  }
}
