"""Workbooks and documents written by hand, as small as they can be."""

import struct
import zipfile

SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def write_xlsx(path, sheets):
    """Write sheets, by name: the XML of their rows, or lists of cells."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        listed = "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>'
            for at, name in enumerate(names, 1)
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        related = "".join(
            f'<Relationship Id="r{at}" Type="{OFFICE}/worksheet" Target="worksheets/s{at}.xml"/>'
            for at in range(1, len(names) + 1)
        )
        styles = f'<Relationship Id="rs" Type="{OFFICE}/styles" Target="styles.xml"/>'
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{related}{styles}</Relationships>',
        )
        book.writestr(  # style 1 is a date
            "xl/styles.xml",
            f'<styleSheet xmlns="{SHEETS}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
        for at, name in enumerate(names, 1):
            rows = sheets[name]
            body = rows if isinstance(rows, str) else "".join(map(_row, rows))
            book.writestr(
                f"xl/worksheets/s{at}.xml",
                f'<worksheet xmlns="{SHEETS}"><sheetData>{body}</sheetData></worksheet>',
            )


def _row(cells):
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(value):
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    if isinstance(value, tuple):  # a date, as days since 1899-12-30
        return f'<c s="1"><v>{value[0]}</v></c>'
    return f"<c><v>{value}</v></c>"


def write_ods(path, rows):
    """Write one sheet of OpenDocument from the XML of its rows."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{OASIS}:manifest:1.0"></m:manifest>'
        )
        book.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{OASIS}:office:1.0" '
            f'xmlns:table="{OASIS}:table:1.0" xmlns:text="{OASIS}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="Events">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def write_xls(path, rows, dimensions=(0, 0)):
    """Write one sheet of Excel 97: records (number, bytes), or lists of cells."""
    records = []
    for at, row in enumerate(rows):
        if isinstance(row, tuple):
            records.append(_record(*row))
            continue
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                records.append(_record(0x0204, place + text))
            elif value is not None:
                records.append(_record(0x0203, place + struct.pack("<d", value)))
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    end = _record(0x000A, b"")
    name = "Sheet"
    offset = len(start) + 4 + 8 + len(name) + len(end)
    bound = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name.encode())
    size = _record(0x0200, struct.pack("<IIHHH", 0, dimensions[0], 0, dimensions[1], 0))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    stream = start + bound + end + sheet + size + b"".join(records) + end
    path.write_bytes(compound(stream))


def _record(number, content):
    return struct.pack("<HH", number, len(content)) + content


def compound(stream, small=False):
    """Put a workbook's stream in a compound file: the table, the directory, then the stream."""
    stream = stream if small else stream.ljust(4096, b"\0")
    unit = 64 if small else 512
    held = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    sectors = len(held) // 512
    first = 3
    free, last = 0xFFFFFFFF, 0xFFFFFFFE
    table = [0xFFFFFFFD, last, last, *range(first + 1, first + sectors), last]
    assert len(table) <= 128
    units = -(-len(stream) // unit)
    mini = [*range(1, units), last] if small else []
    header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 2 if small else last, small, last, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    root = _entry("Root Entry", 5, first if small else last, len(held) if small else 0, child=1)
    book = _entry("Workbook", 2, 0 if small else first, len(stream))
    blank = _entry("", 0, 0, 0) * 2
    return (
        header
        + struct.pack("<128I", *table, *[free] * (128 - len(table)))
        + root
        + book
        + blank
        + struct.pack("<128I", *mini, *[free] * (128 - len(mini)))
        + held
    )


def _entry(name, kind, start, size, child=0xFFFFFFFF):
    text = (name + "\0").encode("utf-16-le") if name else b""
    none = 0xFFFFFFFF
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, none, none, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
