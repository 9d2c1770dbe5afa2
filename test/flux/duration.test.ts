import { Duration } from 'cdk8s';
import { goDuration } from '../../src/flux/duration';

test.each([
  ['1h', Duration.hours(1)],
  ['10m', Duration.minutes(10)],
  ['30s', Duration.seconds(30)],
  ['500ms', Duration.millis(500)],
])('a whole unit is written as that unit: %s', (text, duration) => {
  expect(goDuration(duration)).toBe(text);
});

test('90 seconds are a minute and a half', () => {
  expect(goDuration(Duration.seconds(90))).toBe('1m30s');
});

test('a day is written in hours, because Flux knows no unit above them', () => {
  expect(goDuration(Duration.days(1))).toBe('24h');
});

test('every unit has its place', () => {
  expect(goDuration(Duration.millis(((25 * 60 + 2) * 60 + 3) * 1000 + 4))).toBe('25h2m3s4ms');
});

test('units that come to nothing are left out', () => {
  expect(goDuration(Duration.seconds(3605))).toBe('1h5s');
});

test('a fraction of a unit goes to the units below', () => {
  expect(goDuration(Duration.seconds(1.5))).toBe('1s500ms');
});

test('nothing at all still has a unit', () => {
  expect(goDuration(Duration.minutes(0))).toBe('0s');
});

test('every duration fits the pattern of the CRD', () => {
  const millis = [0, 1, 999, 1000, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000, 90_061_001];
  expect(millis.map(count => goDuration(Duration.millis(count))).filter(text => !/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/.test(text))).toEqual([]);
});

test('a text is refused: Flux would not know what a day is', () => {
  expect(() => goDuration('1d' as unknown as Duration)).toThrow(new Error(
    '"1d" is no duration; expected one of cdk8s, because Flux knows no unit above the hour: write Duration.days(1) for a day.',
  ));
});
