"""Readers in a real Chromium, without a notebook around them: messages go to the Python side and back."""

import json

import pytest

from casebook.viewer import asset

_PAGE = """<!doctype html><meta charset=utf-8><title>reader</title><style>%s</style>
<body data-jp-theme-light="%s"><div id=at></div>
<script type=module>
%s
const heard = [];
const model = {get: () => window.content, on: (_, hear) => heard.push(hear), off: () => {}, send: async message => {
  for (const answer of await window.python(message)) heard.forEach(hear => hear(answer)); }};
window.show = content => { window.content = content; Shown.render({model, el: document.getElementById("at")}); };
</script>"""


@pytest.fixture
def page(chromium):
    """An empty page that has the viewer; at the end it complained of nothing and asked nobody for anything."""
    made, complaints, requests = chromium.new_page(viewport={"width": 1300, "height": 900}), [], []
    made.on("console", lambda message: complaints.append(message.text))
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    made.set_content("<!doctype html><title>empty</title><div id=at></div>")
    made.add_style_tag(content=asset("viewer.css"))
    made.add_script_tag(content=asset("viewer.js"))
    made.on("request", lambda request: requests.append(request.url))
    yield made
    made.close()
    assert complaints == []
    assert requests == []


@pytest.fixture
def reading(page):
    """Shows a Reader on the page, its messages answered by Python."""

    def show(reader, dark: bool = False):
        answers: list[dict] = []
        reader.send = lambda content, buffers=None: answers.append(json.loads(json.dumps(content)))

        def python(message):
            answers.clear()
            reader._hear(None, message, None)
            return answers

        page.expose_function("python", python)
        script = reader._esm.replace("export default", "const Shown =")
        page.set_content(_PAGE % (reader._css, str(not dark).lower(), script))
        page.wait_for_function("() => window.show")
        page.evaluate("content => window.show(content)", reader.content)
        return page

    return show
