from readers.reports import quoted, read, sentences, zones

PAGE = """Renal angiomyolipoma

Changed by Ida Holt, 3 Mar 2022

Updates to Article Attributes

Body was changed:

Angiomyolipomas are are benign tumours.

  • -<p>Angiomyolipomas are <a href="/a">benign</a> tumors.</p><h4>Imaging</h4><ul>
  • -<li>old item</li></ul>
  • +<p>These are <a href="/a">benign</a>&nbsp;tumours <sup>1,2</sup>.</p><h4>Imaging</h4><h5>CT</h5><p>Fat:</p><ul>
  • +<li><p><strong>CT:</strong>&nbsp;fat below -20&thinsp;HU <sup>3</sup></p></li>
  • +<li>
  • +<p>vessels</p>
  • +<ol>
  • +<li>tortuous</li>
  • +<li>with aneurysms &gt; 5 mm</li>
  • +</ol>
  • +</li>
  • +</ul><p>About 10<sup>3</sup> cells and <del>no</del> iodine-<sup>131</sup>I.</p>
Images Changes:

Image 2 CT (axial) ( create )

Caption was added:
Case 4: with bleeding
Position was set to 2.

 Thank you for updating your details.
"""


def test_the_newest_side_alone_is_read():
    document = read(PAGE)
    assert zones(document) == [
        ("title", "", "Renal angiomyolipoma"),
        ("front", "", "Changed by Ida Holt, 3 Mar 2022"),
        ("discussion", "", "These are benign tumours [1,2]."),
        ("discussion", "Imaging > CT",
         "Fat:\n• CT: fat below -20\u2009HU [3]\n• vessels\n  1. tortuous\n  2. with aneurysms > 5 mm\n\n"
         "About 103 cells and  iodine-131I."),
        ("legend", "Image 2 CT (axial)", "Case 4: with bleeding"),
    ]
    assert document.fields["title"][0] == "Renal angiomyolipoma" and document.fields["kind"][0] == "reference article"


def test_what_is_read_can_be_quoted():
    document = read(PAGE)
    assert quoted(document, "tortuous") == ["tortuous"]
    assert quoted(document, "benign tumours") == ["benign", "tumours"]


def test_a_page_of_new_lines_only():
    document = read("Imagined disease\n+<p>It is rare.</p>\n+<h2>Causes</h2>\n+<ul><li>cold</li><li>heat</li></ul>\n")
    assert sentences(document, "discussion") == ["It is rare.", "cold", "heat"]


def test_lines_that_did_not_change_belong_to_the_newest_side():
    document = read("Imagined disease\n\n  • <p>It is rare.</p>\n  • -<p>It is old.</p>\n  • +<p>It is new.</p>\n")
    assert sentences(document, "discussion") == ["It is rare.", "It is new."]


def test_damaged_html_is_read_as_far_as_it_goes():
    document = read("Odd page\n+<p>A < B and <b>bold<i> text</p></ul></li>\n+<li>lone item &unknown; &amp; more\n"
                    "+<h4>Open heading\n")
    assert sentences(document, "discussion") == ["A < B and bold text", "lone item &unknown; & more"]
