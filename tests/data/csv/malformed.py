"""Files of rows as they should not be, and what the sentence on each of them must name."""

import io
import struct
import zipfile
import zlib
from typing import NamedTuple


class Malformed(NamedTuple):
    """A file, the line that its sentence must name, and further words of that sentence."""

    id: str
    content: bytes | str
    line: int
    words: tuple[str, ...] = ()


HEAD = "x1,x2,class\n"
GOOD = "1,2,a\n3,5,b\n4,7,a\n6,1,b\n"


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _zip(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, HEAD + GOOD)
    return packed.getvalue()


def _in_numbers(cell: str, separator: str = ",") -> str:
    """Return good rows, the third line of which has this cell for a number."""
    rows = (HEAD + GOOD).replace(",", separator).split("\n")
    rows[2] = separator.join(("3", cell, "b"))
    return "\n".join(rows)


def _in_class(cell: str) -> str:
    return f"{HEAD}1,2,a\n3,5,{cell}\n4,7,a\n6,1,b\n7,2,a\n"


def _in_header(name: str) -> str:
    return f"x1,{name},class\n{GOOD}"


def _no_files() -> list[Malformed]:
    return [
        Malformed("empty", b"", 1, ("nothing", "write a row")),
        Malformed("empty text", "", 1, ("nothing",)),
        Malformed("only a mark", b"\xef\xbb\xbf", 1, ("nothing",)),
        Malformed("only blanks", "   \t  ", 1, ("nothing",)),
        Malformed("only line ends", "\n" * 500, 1, ("nothing",)),
        Malformed("only line ends of Windows", b"\r\n" * 500, 1, ("nothing",)),
        Malformed("only commas", ",,,\n,,,\n", 1, ("put a row",)),
        Malformed("png", _png(), 1, ("picture", "save that as CSV")),
        Malformed("jpeg", b"\xff\xd8\xff\xe0" + b"\0\x10JFIF" * 20, 1, ("picture",)),
        Malformed("gif", b"GIF89a" + b"\0\1" * 20, 1, ("picture",)),
        Malformed("zip", _zip("rows.csv"), 1, ("packed file",)),
        Malformed("xlsx", _zip("xl/workbook.xml"), 1, ("spreadsheet", "as CSV")),
        Malformed("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, 1, (".xlsx",)),
        Malformed("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 1, ("PDF",)),
        Malformed("gzip", b"\x1f\x8b\x08\0" + zlib.compress(GOOD.encode()), 1, ("packed",)),
        Malformed("sqlite", b"SQLite format 3\0" + b"\0" * 80, 1, ("database",)),
        Malformed("parquet", b"PAR1\x15\x04", 1, ("Parquet",)),
        Malformed("rtf", b"{\\rtf1\\ansi x1,x2}", 1, ("text document",)),
        Malformed("html page", f"<!DOCTYPE html>\n<html><body>{GOOD}", 1, ("web page", "Raw")),
        Malformed("html after blanks", "\n\n  <html>\n<p>1,2", 3, ("web page",)),
        Malformed("html table", "<table><tr><td>1</td></tr></table>", 1, ("web page",)),
        Malformed("xml", '<?xml version="1.0"?>\n<rows/>', 1, ("web page",)),
        Malformed("json objects", '[{"x1": 1, "x2": 2}, {"x1": 3}]', 1, ("JSON", "as CSV")),
        Malformed("json object", '{"x1": [1, 2], "x2": [3, 4]}', 1, ("JSON",)),
        Malformed("json lists", "[[1, 2, 0], [3, 4, 1]]", 1, ("JSON",)),
        Malformed("markdown table", "| x1 | x2 |\n|---|---|\n| 1 | 2 |\n", 3, ("only one row",)),
        Malformed(
            "latex table",
            "\\begin{tabular}{ll}\n1 & 2 \\\\\n3 & 4 \\\\\n",
            2,
            ("same in every row",),
        ),
        Malformed("a sentence", "These are not the rows you look for.", 1, ("add rows",)),
        Malformed("11 MB", HEAD + "1,2,a\n" * 1_900_000, 1_747_626, ("10 MB", "leave out")),
    ]


def _letters() -> list[Malformed]:
    rows = HEAD + GOOD
    return [
        Malformed("zero byte", b"x1,x2,class\n1,\0,a\n3,4,b\n", 2, ("U+0000", "UTF-8")),
        Malformed("zero bytes at the end", rows.encode() + b"\0" * 9, 6, ("U+0000",)),
        Malformed("bell", HEAD + "1,\a2,a\n", 2, ("U+0007",)),
        Malformed("escape", HEAD + "1,2,\x1b[31ma\n", 2, ("U+001B",)),
        Malformed("delete", HEAD + GOOD + "1,2\x7f,a\n", 6, ("U+007F",)),
        Malformed("half a letter", HEAD + "1,2,\ud800\n", 2, ("U+D800",)),
        Malformed("mark, then no utf-8", b"\xef\xbb\xbfx1,x2\n1,\xff\n", 2, ("UTF-8",)),
        Malformed("utf-16 cut off", rows.encode("utf-16")[:-1], 5, ("UTF-8",)),
        Malformed("utf-32 unmarked", rows.encode("utf-32-le"), 1, ("UTF-8",)),
    ]


def _cells() -> list[Malformed]:
    def wrong(id: str, cell: str, *words: str) -> Malformed:
        return Malformed(id, _in_numbers(cell), 3, ("x2", *words))

    quoted = '"{}"'.format
    return [
        wrong("text among numbers", "five", "“five”", "no number"),
        wrong("digits and letters", "12abc", "“12abc”", "unlike the others"),
        wrong("two exponents", "1e5e5", "“1e5e5”", "no number"),
        wrong("two points", "1.2.3", "“1.2.3”", "no number"),
        wrong("two signs", "+-5", "“+-5”", "no number"),
        wrong("exponent alone", "e5", "“e5”", "no number"),
        wrong("exponent unfinished", "1e", "“1e”", "unlike the others"),
        wrong("complex", "1+2j", "“1+2j”", "no number"),
        wrong("fraction", "1/2", "“1/2”", "no number"),
        wrong("true", "TRUE", "“TRUE”", "no number"),
        wrong("1e308", "1e308", "“1e308”", "larger than 1 × 10¹²", "larger unit"),
        wrong("-1e13", "-1e13", "larger than 1 × 10¹²"),
        wrong("beyond float64", "1e999", "larger than 1 × 10¹²"),
        wrong("400 digits", "9" * 400, "no number"),
        wrong("inf", "inf", "infinite"),
        wrong("-Infinity", "-Infinity", "infinite"),
        wrong("infinity sign", "∞", "infinite"),
        wrong("hexadecimal", "0x1F", "hexadecimal", "decimal digits"),
        wrong("underscores", "1_000", "underscores", "write 1000"),
        wrong("underscores and a point", "1_000.5", "underscores"),
        wrong("one thousand", quoted("1,234"), "1234 or 1.234", "decimal mark"),
        wrong("percent", "50%", "“%”", "same way"),
        wrong("percent with a blank", "5.5 %", "“%”"),
        wrong("dollar", "$5", "“$”"),
        wrong("euro", "5.20 €", "“€”"),
        wrong("negative dollar", "-$5", "“$”"),
        wrong("name of a currency", "EUR 5", "“EUR”"),
        wrong("a date", "2024-01-05", "a date", "days since"),
        wrong("a date with points", "5.1.2024", "a date"),
        wrong("a time", "12:30", "a date"),
        wrong("unit", "5 cm", "“5 cm”", "“cm”"),
        wrong("arabic digits", "\u0665", "another script", "0 to 9"),
        wrong("arabic fraction", "\u0665\u066b\u0662", "another script"),
        wrong("devanagari digits", "\u096b", "another script"),
        wrong("full-width digits", "\uff15", "another script"),
        wrong("superscript", "5²", "no number"),
        wrong("roman", "\u2164", "no number"),
        wrong("formula", "=1+1", "formula", "values"),
        wrong("hyperlink", quoted('=HYPERLINK(""http://x.example"",""5"")'), "formula"),
        wrong("sum", "@SUM(A1:A9)", "formula"),
        wrong("command", "+cmd|' /C calc'!A0", "formula"),
        wrong("negative command", "-cmd|' /C calc'!A0", "formula"),
        wrong("script", "<script>alert(1)</script>", "“<script>", "no number"),
        wrong("image in Markdown", "![x](http://x.example/a.png)", "no number"),
        wrong("latex", "$\\frac{1}{2}$", "no number"),
        wrong("template", "{{7*7}}", "no number"),
        wrong("a long text", "word " * 900, "no number", "…"),
        wrong("a line end in a cell", '"5\n6"', "␊", "no number"),
        Malformed(
            "decimals mixed",
            _in_numbers("1,5", ";").replace("4;7", "4.5;7.25"),
            3,
            ("x2", "decimal mark", "comma"),
        ),
        Malformed(
            "decimals mixed otherwise",
            "x1;x2;class\n1,5;2,5;a\n3,25;1.5;b\n1;2;a\n",
            3,
            ("“1.5”", "decimal mark of this file is a comma"),
        ),
    ]


def _tables() -> list[Malformed]:
    def columns(n: int) -> str:
        return ",".join(f"c{i}" for i in range(n))

    def million(cell: str) -> str:
        return ",".join([cell] * 10**6)

    return [
        Malformed("header only", HEAD, 1, ("add rows",)),
        Malformed("header and blanks", f"{HEAD}\n  \n,,\n", 1, ("add rows",)),
        Malformed("one row", HEAD + "1,2,a\n", 2, ("only one row", "add")),
        Malformed("one column", "x1\n1\n2\n3\n", 2, ("one column", "comma")),
        Malformed("one column of text", "name\nann\nbob\n", 2, ("one column",)),
        Malformed(
            "one class beside one column", "x,class\n1,a\n2,a\n", 2, ("“a”", "another class")
        ),
        Malformed("text only", "a,b,c\nu,v,w\nv,u,w\n", 2, ("“w”", "another class")),
        Malformed("dates only", "day,x,class\n2024-01-05,1,a\n2024-01-06,2,b\n", 2, ("dates",)),
        Malformed("a formula as a name", _in_header("=1+1"), 1, ("formula", "name instead")),
        Malformed("a link as a name", _in_header("@x2"), 1, ("formula",)),
        Malformed("quotation mark open", HEAD + '1,"2,a\n3,4,b\n', 2, ("not closed", "twice")),
        Malformed("quotation mark open after sep=", "sep=,\n" + HEAD + '1,"2,a\n', 3, ("twice",)),
        Malformed("quotation mark open at the end", HEAD + GOOD + '1,2,"a', 6, ("not closed",)),
        Malformed("quotation mark open in the names", 'x1,"x2,class\n' + GOOD, 1, ("not closed",)),
        Malformed("quotation mark in a cell", HEAD + '1,2,"a"b\n3,4,b\n', 2, ("goes on after",)),
        Malformed("quotation mark open, long", HEAD + '1,"' + "2,a\n" * 60_000, 2, ("not closed",)),
        Malformed("a cell more", HEAD + "1,2,a\n3,4,5,b\n", 3, ("4 cells", "line 1 has 3")),
        Malformed("a cell less", HEAD + "1,2,a\n\n3,4\n", 4, ("2 cells", "line 1 has 3")),
        Malformed("decimal commas between commas", HEAD + "1,5,2,5,a\n", 2, ("semicolons",)),
        Malformed(
            "delimiters mixed",
            HEAD + "1,2,a\n3;4;b\n5,6,a\n7,8,b\n",
            3,
            ("with a comma", "not a semicolon"),
        ),
        Malformed(
            "10^6 columns", million("x") + "\n" + million("1") + "\n", 1, ("1,000,000 columns",)
        ),
        Malformed("10^6 columns of semicolons", ";" * (10**6 - 1), 1, ("1,000,000 columns",)),
        Malformed(
            "501 columns",
            columns(501) + "\n" + columns(501).replace("c", ""),
            1,
            ("501 columns", "at most 500"),
        ),
        Malformed("10^6 letters", HEAD + "1,2," + "a" * 10**6 + "\n", 2, ("1,000,004 letters",)),
        Malformed("10^6 letters, quoted", HEAD + '1,2,"' + "a" * 10**6 + '"\n', 2, ("letters",)),
        Malformed(
            "a cell of 100 lines", HEAD + '1,2,"' + "a\n" * 100 + '"\n3,4,b\n', 2, ("letters", "60")
        ),
        Malformed("50,001 rows", HEAD + "1,2,a\n3,4,b\n" * 25_001, 50_002, ("50,000", "leave out")),
        Malformed(
            "50,001 rows without names", "1,2,0\n" + "3,4,1\n1,2,0\n" * 25_000, 50_001, ("50,000",)
        ),
        Malformed("200,001 lines", HEAD + "\n1,2,a\n" * 100_000, 200_001, ("or the empty ones",)),
        Malformed(
            "too many cells", (",".join("1" * 100) + "\n") * 32_001, 32_001, ("3,200,000 cells",)
        ),
        Malformed(
            "eleven classes",
            HEAD + "".join(f"{i},{i * i},k{i}\n" for i in range(11)),
            12,
            ("“k10”", "one of 11 classes", "10 at the most"),
        ),
        Malformed(
            "too many classes",
            HEAD + "".join(f"{i},{-i},k{i}\n" for i in range(2000)),
            12,
            ("one of 1,000 or more classes",),
        ),
        Malformed("one class", HEAD + "1,2,a\n3,4,a\n", 2, ("“a”", "another class")),
        Malformed("one number to tell", "x1,x2,y\n1,2,7\n3,4,7\n", 2, ("nothing to tell",)),
        Malformed("all rows equal", HEAD + "1,2,a\n1,2,b\n" * 9, 2, ("same in every row",)),
        Malformed("a constant column", HEAD + "1,2,a\n1,3,b\n1,4,a\n", 2, ("same in every row",)),
        Malformed("a long text as a class", _in_class("long " * 20), 3, ("99 letters", "60")),
        Malformed("a formula as a class", _in_class("=HYPERLINK(A1)"), 3, ("formula", "class")),
        Malformed("a command as a class", _in_class("+cmd|x"), 3, ("formula", "class")),
        Malformed("most cells empty", HEAD + "1,2,a\n,2,b\n3,,a\n,,b\n", 2, ("another class",)),
        Malformed("most classes empty", HEAD + "1,2,a\n1,2,\n3,4,\n2,1,?\n9,7,b\n", 3, ("3 of 5",)),
        Malformed("nan everywhere", HEAD + "nan,nan,a\nnan,NaN,b\n", 2, ("one is needed",)),
        Malformed("note that is broken", "# nnviz {}\n" + HEAD + GOOD, 1, ("delete that line",)),
        Malformed("note that is no json", "# nnviz [[[[\n" + HEAD + GOOD, 1, ("delete that line",)),
        Malformed("note that is deep", "# nnviz " + "[" * 9999 + "\n" + HEAD, 1, ("delete",)),
        Malformed(
            "note of other columns",
            '# nnviz {"columns":["u"],"target":"v","classes":[]}\n' + HEAD + GOOD,
            1,
            ("delete line 1",),
        ),
        Malformed(
            "note of other classes",
            '# nnviz {"columns":["u","w"],"target":"v","classes":["a","c"]}\n' + HEAD + GOOD,
            4,
            ("“b”", "no class of line 1"),
        ),
    ]


def malformed() -> list[Malformed]:
    """Return them all."""
    return [*_no_files(), *_letters(), *_cells(), *_tables()]
