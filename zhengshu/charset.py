"""Bytes to text: byte order mark, strict UTF-8, strict GB18030, then charset-normalizer.

The order matters: GB18030 contains GBK and GB2312 and swallows nearly everything, broken UTF-8 and Big5 included,
so its answer is believed only where it looks like Chinese.
"""

import codecs
import re

from zhengshu.errors import CharsetError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32 before UTF-16, whose little-endian mark begins the same."""

_OTHERS = ["big5hkscs", "cp950", "euc_jp", "cp932", "euc_kr"]
"""What charset-normalizer may answer: the other encodings of texts with Han characters."""

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WIDE = re.compile(r"[^\x00-\x7f]+")
_SAMPLE = 20_000


def decode(data: bytes) -> str:
    """Decode the bytes of a text; a byte order mark is no part of it.

    ``b"\\xb5\\xda3\\xce\\xbb" -> "第3位"`` (GB18030). Raises CharsetError, whose text says what the bytes look like.
    """
    text = _decode(data)
    if "\0" in text:
        raise CharsetError("is binary, or UTF-16 without a byte order mark: it holds NUL bytes; save it as UTF-8 text")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * 100 > len(sample):
        raise CharsetError("is binary, not text: it is full of control characters; save it as UTF-8 text")
    return text.removeprefix("\ufeff")


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise CharsetError("is binary, not text: it holds NUL bytes; save it as UTF-8 text") from None
        if _mostly_utf8(data):
            raise CharsetError(
                f"is UTF-8 but broken at byte {error.start}, so it was cut or damaged; fetch it again"
            ) from None
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return _guess(data)
    return text if _looks_chinese(text) else _guess(data, otherwise=text)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CharsetError(
            f"begins with the byte order mark of {encoding.upper()} but is not that from byte {error.start} on; "
            "save it as UTF-8 text"
        ) from None


def _mostly_utf8(data: bytes) -> bool:
    """Tell broken UTF-8 from another encoding: GB18030 bytes hardly ever make UTF-8 characters."""
    text = data.decode("utf-8", "replace")
    characters = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") * 5 < characters


def _looks_chinese(text: str) -> bool:
    """Say whether four in five characters are of GB2312; Big5 or Japanese read as GB18030 are far below."""
    wide = "".join(_WIDE.findall(text[:_SAMPLE]))
    return len(wide.encode("gb2312", "ignore")) // 2 * 5 >= len(wide) * 4


def _guess(data: bytes, otherwise: str | None = None) -> str:
    """Ask charset-normalizer, imported only here: most runs never need it."""
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data, cp_isolation=_OTHERS).best()
    if best is not None and _HAN.search(str(best)):
        return str(best)
    if otherwise is not None and _HAN.search(otherwise):
        return otherwise
    raise CharsetError("is text in no encoding we read (UTF-8, UTF-16 with a mark, GB18030, Big5); save it as UTF-8")
