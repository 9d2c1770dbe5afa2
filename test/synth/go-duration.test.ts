import { goDurationText, parseGoDuration } from '../../src/synth/go-duration';

test.each([['30s', 30_000], ['9m30s', 570_000], ['1h', 3_600_000], ['1.5m', 90_000], ['250ms', 250]])('%s', (text, milliseconds) => {
  expect(parseGoDuration(text)).toBe(milliseconds);
});

test.each(['', '5', '1d', '-5m', '${timeout}'])('%p is none', text => {
  expect(parseGoDuration(text)).toBeUndefined();
});

test.each([[570_000, '9m30s'], [3_600_000, '1h'], [5_400_000, '1h30m'], [500, '500ms'], [0, '0s']])('%d is written', (milliseconds, text) => {
  expect(goDurationText(milliseconds)).toBe(text);
});
