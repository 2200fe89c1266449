// Labels of clauses as paper/labels.py counts them: for the moment between a key and the answer.

const POINTS = "abcdđeghiklmnopqrstuvxy";
const ROMAN = [
  [100, "C"], [90, "XC"], [50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"],
];

/** Styles that carry no number. */
export const BULLETS = new Set(["-", "+", "*"]);

export function roman(n) {
  let out = "";
  for (const [value, sign] of ROMAN) {
    out += sign.repeat(Math.floor(n / value));
    n %= value;
  }
  return out;
}

function points(n, letters) {
  let out = "";
  while (n > 0) {
    n -= 1;
    out = letters[n % letters.length] + out;
    n = Math.floor(n / letters.length);
  }
  return out;
}

/** The printed label of the n-th clause in a style, null for an unlabelled one. */
export function label(style, n, above) {
  switch (style) {
    case "": return null;
    case "A.": return points(n, POINTS.toUpperCase()) + ".";
    case "I.": return roman(n) + ".";
    case "I-": return roman(n) + "-";
    case "1.": return `${n}.`;
    case "1-": return `${n}-`;
    case "(1).": return `(${n}).`;
    case "(1)": return `(${n})`;
    case "1)": return `${n})`;
    case "1.1.": return `${numbers(above)}.${n}.`;
    case "1.1": return `${numbers(above)}.${n}`;
    case "a)": return points(n, POINTS) + ")";
    case "[1]": return `[${n}]`;
    default: return style;
  }
}

function numbers(above) {
  return (above ?? "").match(/\d+/g)?.join(".") ?? "1";
}

/** A label as it is spoken and cited: "IV." gives "IV", "(1)." gives "1". */
export function bare(text) {
  return (text ?? "").replace(/[().\-[\]]+$|^[([]+/g, "");
}
