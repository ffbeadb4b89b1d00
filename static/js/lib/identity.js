// Whether a national identity number with valid check digits stands in a text, as core/text.py knows it:
// also D-, H- and test numbers, however the digits are written or set apart. A test compares the two.
const ELEVEN = /(?<!\d)(?=(\d(?:[^\p{L}\p{N}]{0,6}\d){10})(?!\d))/gu;
const UNSEEN = /[\p{Cf}\p{Mn}\p{Me}\u115f\u1160\u2800\u3164\uffa0]/gu;
const FIRST = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

// Digits of every script come in tens, in order: the value is how many stand before it.
function value(letter) {
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(letter.codePointAt(0) - before - 1))) before += 1;
  return String(before % 10);
}

// A document that is never shown: it runs no script and fetches nothing.
const unescaped = (text) => new DOMParser().parseFromString(text.replaceAll("<", " "), "text/html").body.textContent;

function bare(text) {
  const plain = (text.includes("&") ? unescaped(text) : text).normalize("NFKD");
  return plain.replace(UNSEEN, "").replace(/(?![0-9])\p{Nd}/gu, value);
}

const check = (weights, digits) => (11 - (weights.reduce((sum, weight, at) => sum + weight * digits[at], 0) % 11)) % 11;

function isNumber(digits) {
  const day = digits[0] * 10 + digits[1];
  const month = digits[2] * 10 + digits[3];
  if (day >= 72 || day % 40 < 1 || day % 40 > 31) return false;
  if (![0, 40, 65, 80].some((shift) => month - shift >= 1 && month - shift <= 12)) return false;
  return check(FIRST, digits) === digits[9] && check(SECOND, digits) === digits[10];
}

export const holdsIdentityNumber = (text) =>
  [...bare(text).matchAll(ELEVEN)].some((match) => isNumber([...match[1].replace(/\D/g, "")].map(Number)));
