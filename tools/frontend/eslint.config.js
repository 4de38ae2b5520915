// Rules for the browser modules and for their tests. Run by `npm run lint`, from the root of the repository.

import js from "@eslint/js";
import globals from "globals";

/** Ways to write markup or code from text: text of events is never trusted. */
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment", "srcdoc"];

const INJECTION = {
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-script-url": "error",
  "no-restricted-properties": [
    "error",
    ...MARKUP.map((property) => ({ property, message: "Make nodes with element() of text.js." })),
    { object: "document", property: "write", message: "Make nodes with element() of text.js." },
    { object: "document", property: "writeln", message: "Make nodes with element() of text.js." },
    { object: "window", property: "open", message: "Links only, through webAddress() of text.js." },
  ],
  "no-restricted-syntax": [
    "error",
    // program.py joins the modules and reads these forms only.
    { selector: "ExportDefaultDeclaration, ExportAllDeclaration", message: "program.py joins named exports only." },
    { selector: "ImportExpression", message: "A page opened from disk may not load modules." },
    { selector: "ImportDefaultSpecifier", message: "program.py joins named and namespace imports only." },
    { selector: "Property[key.name=/^on[a-z]+$/] > Literal.value[raw=/^[\"']/]", message: "Handlers are functions: the content security policy forbids inline ones." },
  ],
  // No network but the tiles that Leaflet loads.
  "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts", "event", "name"],
};

const CARE = {
  "array-callback-return": "error",
  "consistent-return": "error",
  "default-case-last": "error",
  eqeqeq: "error",
  "func-names": "off",
  "grouped-accessor-pairs": "error",
  "logical-assignment-operators": "error",
  "max-depth": ["error", 5],
  "max-lines-per-function": ["error", { max: 90, skipBlankLines: true, skipComments: true, IIFEs: true }],
  "no-alert": "error",
  "no-array-constructor": "error",
  "no-caller": "error",
  "no-constructor-return": "error",
  "no-else-return": "error",
  "no-extend-native": "error",
  "no-extra-bind": "error",
  "no-implicit-coercion": ["error", { boolean: false }],
  "no-implicit-globals": "error",
  "no-invalid-this": "error",
  "no-iterator": "error",
  "no-labels": "error",
  "no-lone-blocks": "error",
  "no-loop-func": "off",
  "no-new": "error",
  "no-new-wrappers": "error",
  "no-object-constructor": "error",
  "no-promise-executor-return": "error",
  "no-proto": "error",
  "no-return-assign": "error",
  "no-self-compare": "error",
  "no-sequences": "error",
  "no-shadow": ["error", { builtinGlobals: false, hoist: "functions", allow: ["left", "top", "right", "bottom"] }],
  "no-template-curly-in-string": "error",
  "no-throw-literal": "error",
  "no-unmodified-loop-condition": "error",
  "no-unneeded-ternary": "error",
  "no-unreachable-loop": "error",
  "no-unused-expressions": ["error", { allowShortCircuit: true, allowTernary: true }],
  "no-unused-vars": ["error", { args: "after-used", ignoreRestSiblings: true }],
  "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
  "no-useless-call": "error",
  "no-useless-computed-key": "error",
  "no-useless-concat": "error",
  "no-useless-rename": "error",
  "no-useless-return": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "operator-assignment": "error",
  "prefer-const": ["error", { destructuring: "all" }],
  "prefer-exponentiation-operator": "error",
  "prefer-numeric-literals": "error",
  "prefer-object-has-own": "error",
  "prefer-object-spread": "error",
  "prefer-promise-reject-errors": "error",
  "prefer-regex-literals": "error",
  "prefer-rest-params": "error",
  "prefer-spread": "error",
  "prefer-template": "error",
  radix: ["error", "as-needed"],
  "require-atomic-updates": "off",
  "symbol-description": "error",
  yoda: "error",
};

export default [
  { ignores: ["**/vendor/**", "**/*.d.ts", "**/node_modules/**"] },
  js.configs.recommended,
  {
    files: ["geoevents/maps/assets/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { ...CARE, ...INJECTION, "no-console": ["error", { allow: ["error", "warn"] }] },
  },
  {
    files: ["tests/maps/js/**/*.mjs"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.nodeBuiltin },
    rules: { ...CARE, "no-return-assign": "off", "no-shadow": "off", "max-lines-per-function": "off" },
  },
  {
    files: ["tools/frontend/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.nodeBuiltin },
    rules: CARE,
  },
];
