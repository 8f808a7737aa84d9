// Figures as the audience reads them, as a terminal writes them: three digits that matter, the unit
// after a space.

const threeDigits = (value) => value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
const twoDigits = (value) => value.toFixed(value >= 9.95 ? 0 : 1);

const units = {
  seconds: (s) => (s > 0 && s < 0.1 ? `${threeDigits(s * 1e3)} ms` : `${threeDigits(s)} s`),
  milliseconds: (ms) => (ms >= 1000 ? `${twoDigits(ms / 1e3)} s` : `${twoDigits(ms)} ms`),
  microseconds: (us) => (us < 1000 ? `${twoDigits(us)} µs` : units.milliseconds(us / 1e3)),
  nanoseconds: threeDigits,
  times: (factor) => `${threeDigits(factor)}×`,
  mib: (mib) => (mib >= 1024 ? `${twoDigits(mib / 1024)} GiB` : `${twoDigits(mib)} MiB`),
  cores: (cores) => cores.toFixed(2),
  count(number) {
    const n = Math.round(number);
    if (n >= 999_950_000) return `${threeDigits(n / 1e9)} G`;
    if (n >= 999_950) return `${threeDigits(n / 1e6)} M`;
    return n >= 10_000 ? `${threeDigits(n / 1e3)} k` : `${n}`;
  },
  rate: (rate) => `${units.count(rate)} MB/s`,
};

const make = (tag, name, text) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
};

const clamp = (value, most) => Math.max(0, Math.min(value, most));
