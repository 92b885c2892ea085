"""Files with the quirks that exports have: the rows that they mean, and what is to be said."""

import io
import zipfile
from typing import NamedTuple

from nnviz.data.csv.table import CsvChoices


class Quirk(NamedTuple):
    """A file; its rows, the target last, or None if it has to be asked or refused; and words."""

    id: str
    content: bytes | str
    rows: tuple[tuple[float | str, ...], ...] | None
    words: tuple[str, ...] = ()
    choices: CsvChoices | None = None


ABAB = ((1.0, 2.0, "a"), (3.0, 5.0, "b"), (4.0, 7.0, "a"), (6.0, 1.0, "b"))
HEAD = "x1,x2,class\n"
GOOD = "1,2,a\n3,5,b\n4,7,a\n6,1,b\n"


def _columns(cells: str, *, names: str = "x\tn\tclass") -> str:
    """Return a file with these cells in its first column, and classes by turns."""
    rows = [f"{cell}\t{i % 3}\t{'ab'[i % 2]}" for i, cell in enumerate(cells.split("|"))]
    return "\n".join([names, *rows])


def _numbers(id: str, cells: str, values: list[float], *words: str) -> Quirk:
    rows = tuple((value, float(i % 3), "ab"[i % 2]) for i, value in enumerate(values))
    return Quirk(id, _columns(cells), rows, words)


def _of_numbers() -> list[Quirk]:
    return [
        _numbers("apostrophes", "1'234|12'345.5|7", [1234, 12345.5, 7], "apostrophes between"),
        _numbers("apostrophes that are curly", "1’234,5|12’345|7", [1234.5, 12345, 7]),
        _numbers("blanks", "1 234|12 345,5|7", [1234, 12345.5, 7], "blanks between thousands"),
        _numbers("hard blanks", "1\u00a0234,5|12\u00a0345|7", [1234.5, 12345, 7]),
        _numbers("thin blanks", "1\u202f234,5|12\u2009345|7", [1234.5, 12345, 7]),
        _numbers("points", "1.234.567|2.345|12", [1234567, 2345, 12], "points between thousands"),
        _numbers("commas", "1,234,567|2,345|12", [1234567, 2345, 12], "commas between thousands"),
        _numbers("India", "1,23,456|12,34,567.5|99", [123456, 1234567.5, 99]),
        _numbers("thousands beside small", "4,538|786|1,444|20", [4538, 786, 1444, 20]),
        _numbers("points beside small", "4.538|786|1.444|20", [4538, 786, 1444, 20]),
        _numbers("fractions of three digits", "4.538|0.786|1.444|2.0", [4.538, 0.786, 1.444, 2]),
        _numbers("commas of three digits", "4,538|0,786|1,444|20", [4.538, 0.786, 1.444, 20]),
        _numbers("percent", "50%|12.5%|7 %", [50, 12.5, 7], "“50%” is read as 50"),
        _numbers("dollars", "$1,200.50|$7|-$3|($4.25)", [1200.5, 7, -3, -4.25], "“$1,200.50”"),
        _numbers("euros", "1.200,50 €|7 €|-3,00 €", [1200.5, 7, -3]),
        _numbers("a unit", "5 cm|7.5 cm|12 cm", [5, 7.5, 12], "“5 cm” is read as 5"),
        _numbers("a zero without its unit", "5 cm|0|12 cm", [5, 0, 12]),
        Quirk(
            "zeros of another number system", _columns("0x3c|0xa|0xa|0xa|0xc|0x1f"),
            ((0.0, "a"), (1.0, "b"), (2.0, "a"), (0.0, "b"), (1.0, "a"), (2.0, "b")),
            ("“0x3c”, a hexadecimal number",),
        ),
        _numbers("brackets", "(1,234.5)|17.5|3", [-1234.5, 17.5, 3]),
        _numbers("minus behind", "5.5-|17.5|3", [-5.5, 17.5, 3]),
        _numbers("a dash as minus", "–5.5|−17.5|3", [-5.5, -17.5, 3]),
        Quirk("three digits only", _columns("4,538|1,444|2,435"), None, ("4538 or 4.538",)),
        Quirk(
            "three digits only, chosen", _columns("4,538|1,444|2,435"),
            ((4538.0, 0.0, "a"), (1444.0, 1.0, "b"), (2435.0, 2.0, "a")),
            choices=CsvChoices(decimal="."),
        ),
        Quirk(
            "three digits behind a point", _columns("4.538|1.444|2.435"),
            ((4.538, 0.0, "a"), (1.444, 1.0, "b"), (2.435, 2.0, "a")),
            ("“4.538”, line 2, is taken for a decimal mark",),
        ),
        Quirk("two units", _columns("5 cm|7 mm|9 cm|1 mm"), None, ("unlike the others",),
              CsvChoices(columns=("x", "n"))),
        Quirk("percent and none", _columns("50%|0.5|7%|0.2"), None, ("unlike the others",),
              CsvChoices(columns=("x", "n"))),
    ]  # fmt: skip


def _of_lines() -> list[Quirk]:
    wide = "x1    x2    class\n1     2     a b\n3     5     b c\n4     7     a b\n6     1     b c\n"
    return [
        Quirk("doubled tabs", (HEAD + GOOD).replace(",", "\t\t").replace("3\t\t5", "3\t5"), ABAB,
              ("one or more tabs",)),
        Quirk("two blanks, one in names", wide,
              tuple((*row[:2], {"a": "a b", "b": "b c"}[str(row[2])]) for row in ABAB),
              ("two or more blanks",)),
        Quirk("a title", f"My rows\n\n{HEAD}{GOOD}", ABAB, ("line 1 left out (title)",)),
        Quirk("a title with commas", f"Rows of May,,\n{HEAD}{GOOD}", ABAB, ("(title)",)),
        Quirk("a note below", f"{HEAD}{GOOD}\nSource: the internet 2024\n", ABAB,
              ("line 7 left out (note)",)),
        Quirk("a total", "name,x1,x2,class\nu,1,2,a\nv,3,5,b\nw,4,7,a\nz,6,1,b\nTotal,14,15,\n",
              ABAB, ("line 6 left out (total)",)),
        Quirk("units in a second line", f"{HEAD}cm,kg,\n{GOOD}", ABAB, ("units",)),
        Quirk("comments", f"# by hand\n# in May\n{HEAD}{GOOD}", ABAB, ("(comment)",)),
        Quirk("names in a comment", f"# x1,x2,class\n{GOOD}", ABAB, ("names in line 1",)),
        Quirk("names in a comment, blanks", "# x1 x2 class\n1 2 0\n3 5 1\n4 7 0\n",
              ((1.0, 2.0, "0"), (3.0, 5.0, "1"), (4.0, 7.0, "0"))),
        Quirk("names again", f"{HEAD}{GOOD}{HEAD}{GOOD}", ABAB + ABAB, ("the names again",)),
        Quirk("names twice", "x,x,class\n" + GOOD, ABAB, ("“x (2)”",)),
        Quirk("a long name", f"{'long ' * 20},x2,class\n{GOOD}", ABAB, ("cut to",)),
        Quirk("Markdown", "| x1 | x2 | class |\n|---|---|---|\n" + "".join(
            f"| {line.replace(',', ' | ')} |\n" for line in GOOD.split()), ABAB),
        Quirk("one odd row among many", HEAD + GOOD * 10 + "1,2\n", ABAB * 10, ("line 42",)),
        Quirk("invisible characters", "x1,\u2067x2\u2069,class\n1,\u200f2,a\n3,5\u200b,b\u00ad\n"
              "4,7,\ufeffa\n6,1,b\n", ABAB, ("invisible",)),
        Quirk("garbled letters", "größe,x2,class\n1,2,früh\n3,5,spät\n".encode().decode("cp1252"),
              ((1.0, 2.0, "früh"), (3.0, 5.0, "spät")), ("put right",)),
        Quirk("Mac letters", "größe,x2,class\n1,2,früh\n3,5,spät\n".encode("mac-roman"),
              ((1.0, 2.0, "früh"), (3.0, 5.0, "spät")), ("old Mac",)),
        Quirk("DOS letters", "größe,x2,class\n1,2,früh\n3,5,spät\n".encode("cp850"),
              ((1.0, 2.0, "früh"), (3.0, 5.0, "spät")), ("DOS",)),
        Quirk("UTF-16 without mark, swapped", (HEAD + GOOD).encode("utf-16-be"), ABAB),
        Quirk("pandas index", ",x1,x2,class\n0,1,2,a\n1,3,5,b\n2,4,7,a\n3,6,1,b\n", ABAB,
              ("“column 1” (numbers the rows)",)),
        Quirk("0, 1, 2 as names", "0,1,2\n1.5,2,a\n3,5.5,b\n4,7.5,a\n",
              ((1.5, 2.0, "a"), (3.0, 5.5, "b"), (4.0, 7.5, "a"))),
    ]  # fmt: skip


def _of_columns() -> list[Quirk]:
    return [
        Quirk("yes and Yes", HEAD + "1,2,yes\n3,5,no\n4,7,Yes\n6,1,NO \n",
              ((1.0, 2.0, "yes"), (3.0, 5.0, "no"), (4.0, 7.0, "yes"), (6.0, 1.0, "no")),
              ("“Yes” as “yes”, “NO” as “no” count as one",)),
        Quirk("two forms of é", HEAD + "1,2,caf\u00e9\n3,5,tea\n4,7,cafe\u0301\n",
              ((1.0, 2.0, "caf\u00e9"), (3.0, 5.0, "tea"), (4.0, 7.0, "caf\u00e9")),
              ("count as one",)),
        Quirk("quotes around names", HEAD + "1,2,'a'\n3,5,'b'\n4,7,'a'\n6,1,'b'\n", ABAB),
        Quirk("out of range", "x1,x2,big,class\n1,2,1e15,a\n3,5,2e15,b\n4,7,3e15,a\n6,1,4,b\n",
              ABAB, ("“big” (line 2 holds “1e15”, larger than 1 × 10¹²",)),
        Quirk("dates", "x1,x2,day,class\n1,2,2024-01-05,a\n3,5,2024-01-06,b\n4,7,2024-01-07,a\n"
              "6,1,2024-02-01,b\n", ABAB, ("“day” (dates)",)),
        Quirk("ids", "customerID,x1,x2,class\n7,1,2,a\n3,3,5,b\n9,4,7,a\n1,6,1,b\n", ABAB,
              ("only names them",)),
        Quirk("one bad cell of many", HEAD + GOOD * 5 + "five,2,a\n", ABAB * 5,
              ("“five”", "This row stays out")),
        Quirk("text as an input", "shop,x,class\nN,1,a\nS,2,b\nN,3,a\nS,4,a\n",
              ((1.0, 0.0, 1.0, "a"), (0.0, 1.0, 2.0, "b"), (1.0, 0.0, 3.0, "a"),
               (0.0, 1.0, 4.0, "a")), choices=CsvChoices(columns=("shop", "x"))),
        Quirk("nothing but text", "cap,odor,class\nx,n,e\ny,f,p\nx,f,p\ny,n,e\n",
              ((1.0, 0.0, 0.0, 1.0, "e"), (0.0, 1.0, 1.0, 0.0, "p"), (1.0, 0.0, 1.0, 0.0, "p"),
               (0.0, 1.0, 0.0, 1.0, "e"))),
        Quirk("values that are no classes", "a,b,price\n1,2,10.5\n3,5,20.5\n4,7,1\n",
              ((1.0, 2.0, 10.5), (3.0, 5.0, 20.5), (4.0, 7.0, 1.0))),
    ]  # fmt: skip


def _of_formats() -> list[Quirk]:
    arff = "@relation r\n@attribute 'x 1' numeric\n@attribute x2 real\n@attribute class {'a','b'}\n"
    svm = "-1 1:1 2:2\n+1 1:3 2:5 # a remark\n-1 1:4\n+1 2:1\n"
    return [
        Quirk("ARFF", f"{arff}@data\n1,2,a\n% no row\n3,5,'b'\n4,7,a\n6,1,b\n", ABAB, ("ARFF",)),
        Quirk("sparse ARFF", f"{arff}@data\n{{0 1, 1 2}}\n{{0 3,1 5,2 b}}\n{{1 7}}\n",
              ((1.0, 2.0, "a"), (3.0, 5.0, "b"), (0.0, 7.0, "a"))),
        Quirk("LibSVM", svm, ((1.0, 2.0, "-1"), (3.0, 5.0, "1"), (4.0, 0.0, "-1"),
              (0.0, 1.0, "1")), ("LibSVM",)),
        Quirk("Orange, one line", "C#x1\tC#x2\tmS#who\tcD#kind\n"
              "1\t2\tu\ta\n3\t5\tv\tb\n4\t7\tw\ta\n",
              ((1.0, 2.0, "a"), (3.0, 5.0, "b"), (4.0, 7.0, "a")), ("“who” (the file",)),
        Quirk("xlsx", xlsx(), ABAB, ("sheet “Rows” of an .xlsx file",)),
        Quirk("xlsx, another sheet", xlsx(), ABAB[:2], ("sheet “Few”",), CsvChoices(sheet="Few")),
        Quirk("xlsx with a far cell", xlsx(far=True), None, ("column 16,384",)),
        Quirk("ods", ods(), ABAB, ("of an .ods file",)),
        Quirk("xlsx that is damaged", xlsx()[:-100], None, ("damaged", "CSV")),
        Quirk("JSON lines", '{"x1": 1, "x2": 2}\n{"x1": 3, "x2": 4}\n', None, ("JSON", "CSV")),
    ]  # fmt: skip


def xlsx(*, far: bool = False) -> bytes:
    """Return a spreadsheet as Excel writes it, with two sheets; or with a cell in its corner."""

    def sheet(lines: str) -> str:
        rows = ""
        for r, line in enumerate(lines.split(), 1):
            cells = ""
            for name, cell in zip("BCD", line.split(","), strict=True):
                if cell.isdecimal():
                    cells += f'<c r="{name}{r}"><v>{cell}</v></c>'
                else:
                    cells += f'<c r="{name}{r}" t="s"><v>{WORDS.index(cell)}</v></c>'
            rows += f'<row r="{r}">{cells}</row>'
        if far:
            rows += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'

    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    strings = "".join(f"<si><t>{word}</t></si>" for word in WORDS)
    return _packed({
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets>'
        '<sheet name="Rows" sheetId="1" r:id="rId1"/><sheet name="Few" sheetId="2" r:id="rId2"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": sheet(HEAD + GOOD),
        "xl/worksheets/sheet2.xml": sheet(HEAD + "1,2,a\n3,5,b\n"),
    })  # fmt: skip


def ods() -> bytes:
    """Return a spreadsheet as LibreOffice writes it, with a million empty rows at its end."""

    def cell(text: str) -> str:
        if text.isdecimal():
            return (
                f'<table:table-cell office:value-type="float" office:value="{text}">'
                f"<text:p>{text}</text:p></table:table-cell>"
            )
        kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

    rows = "".join(
        f"<table:table-row>{''.join(map(cell, line.split(',')))}"
        '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
        for line in (HEAD + GOOD).split()
    )
    empty = (
        '<table:table-row table:number-rows-repeated="1048571"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return _packed({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet1">{rows}{empty}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    })  # fmt: skip


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORDS = ("x1", "x2", "class", "a", "b")


def _packed(parts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


QUIRKS = (*_of_numbers(), *_of_lines(), *_of_columns(), *_of_formats())
