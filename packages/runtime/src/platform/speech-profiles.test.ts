import { describe, expect, it } from 'vitest';
import { against, thrownBy } from './platform.test-support.ts';

const PROFILES = [
  { speechProfileCode: 'en-US-ZiraRUS', localeCode: 'en-US', localeDescription: 'English US', gender: 'F' },
  { speechProfileCode: 'en-GB-Emma', localeCode: 'en-GB', localeDescription: 'English UK', gender: 'F' },
  { speechProfileCode: 'fil-PH-Angelo', localeCode: 'fil-PH', localeDescription: 'Filipino', gender: 'M' },
];
const codes = async (filter?: { language?: string | null }) =>
  (await against({ json: { speechProfiles: PROFILES, statusCode: 0 } }).client.speechProfiles(filter)).map(
    ({ speechProfileCode }) => speechProfileCode,
  );

describe('speechProfiles', () => {
  it('gives the voices of the account', async () => {
    const { client, arrived } = against({ json: { speechProfiles: PROFILES } });
    expect(await client.speechProfiles()).toEqual(PROFILES);
    expect(arrived[0]).toMatchObject({ method: 'GET', path: '/api/v1/subaccounts/Acme_Hotel/speech-profiles' });
  });

  it.each([
    ['en', ['en-US-ZiraRUS', 'en-GB-Emma']],
    ['EN-gb', ['en-GB-Emma']],
    ['en_US', ['en-US-ZiraRUS']],
    ['fi', []],
    ['fil', ['fil-PH-Angelo']],
  ])('gives those that speak %s', async (language, expected) => {
    expect(await codes({ language })).toEqual(expected);
  });

  it('gives all where the language is null', async () => {
    expect(await codes({ language: null })).toHaveLength(3);
  });

  it('goes by the profile code where there is no locale, and keeps what it does not know', async () => {
    const { client } = against({ json: [{ speechProfileCode: 'zh-CN-HuihuiRUS', neural: true }] });
    expect(await client.speechProfiles({ language: 'zh' })).toEqual([
      { speechProfileCode: 'zh-CN-HuihuiRUS', localeCode: null, localeDescription: null, gender: null, neural: true },
    ]);
  });

  it.each([
    [{}, '$.speechProfiles'],
    [{ speechProfiles: [PROFILES[0], { localeCode: 'en-US' }] }, '$.speechProfiles[1].speechProfileCode'],
    [{ speechProfiles: [null] }, '$.speechProfiles[0].speechProfileCode'],
  ])('names the place that is wrong in %j', async (json, path) => {
    expect(await thrownBy(against({ json }).client.speechProfiles())).toMatchObject({ code: 'HS_PLATFORM_RESPONSE', path });
  });

  it('refuses an empty language', async () => {
    expect(await thrownBy(against().client.speechProfiles({ language: '' }))).toMatchObject({ argument: 'speechProfiles.language' });
  });
});
