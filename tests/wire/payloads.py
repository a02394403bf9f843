"""A hundred and twenty things that somebody may write who hopes that it is not only shown: each is ordinary text here."""

_MARKUP = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x>", "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=data:text/html,x>", "<embed src=//evil.example/x>", "<link rel=stylesheet href=//evil.example/x.css>", "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<base href=//evil.example/>", "<form action=//evil.example><button>Press</button></form>",
    "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style>", "<template><script>alert(1)</script></template>", "<noscript><p title='</noscript><img src=x>'>",
    "<a href=javascript:alert(1)>press</a>", "<a href='data:text/html,x'>press</a>", "<textarea></textarea><b>out</b>", "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>", "</select><b>out</b>", "</td></tr></table><b>out</b>", "</p></div></main><b>out</b>", "<!-- comment", "--><b>out</b>",
    "<![CDATA[<b>in</b>]]>", "<?php echo 1 ?>", "<!DOCTYPE html><b>again</b>", "<b", "<b>", "</b>", "<<b>>", "<\u0131mg src=x>", "\uff1cscript\uff1e", "<script/src=//evil.example>",
    "<bdi>out</bdi>", "<time datetime='1'>out</time>", "<dialog open>out</dialog>", "<marquee onstart=alert(1)>", "<x contenteditable onblur=alert(1)>x</x>",
)  # fmt: skip
_ATTRIBUTES = (
    '" onmouseover="alert(1)', "' onmouseover='alert(1)", '"><script>alert(1)</script>', "'><script>alert(1)</script>", '" autofocus onfocus="alert(1)', "` onmouseover=alert(1)",
    '" style="position:fixed', '" href="//evil.example', '" class="hidden', '" id="main', "x onclick=alert(1)", '"/><b>out</b>', "&quot; onclick=alert(1)", "&#34;&#62;<b>", "\\\"><b>",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x", "//evil.example/x", "https://evil.example/<b>",
)  # fmt: skip
_HTMX = (
    '<div hx-get="//evil.example" hx-trigger="load">', "<div hx-post=/staff/sign-out hx-trigger=load>", '<div data-hx-get="/x" data-hx-trigger="load">', '" hx-get="/x" hx-trigger="load',
    "' hx-on:click='alert(1)", '" hx-on::load="alert(1)', '<p hx-vals="js:{a: alert(1)}">', '<meta name="htmx-config" content="{}">', '<div hx-swap-oob="true" id="main">out</div>',
    "<div hx-ext=debug>", '" hx-headers="{}', "<script hx-preserve>", '<a hx-boost="true" href=/x>x</a>', "hx-disable", '" data-hx-vals="{}',
)  # fmt: skip
_TEMPLATES = (
    "{{7*7777777}}", "{% for x in range(3) %}x{% endfor %}", "{{ config }}", "{{ ''.__class__.__mro__ }}", "{# comment #}", "{{ self }}", "${7*7777777}", "#{7*7777777}", "<%= 7*7777777 %>",
    "((name))", "((((name))))", "%(name)s", "%s %d %%", "%(landlord)s", "{0}", "{name}", "{0.__class__}", "$(whoami)", "`whoami`", "_('x')",
)  # fmt: skip
_ELSE = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "' OR 1=1 --", "'; DROP TABLE event; --", "&lt;b&gt;", "&amp;amp;",
)  # fmt: skip
_TURNED = tuple(f"a{mark}b" for mark in ("\u202e", "\u202d", "\u2066", "\u2067", "\u2068", "\u2069", "\u200f", "\u061c"))

PAYLOADS = (*_MARKUP, *_ATTRIBUTES, *_HTMX, *_TEMPLATES, *_ELSE, *_TURNED)
WORKED_OUT = "54444439"
"""What 7 times 7,777,777 is: nothing that was typed is ever worked out."""
