"""Addresses, links, accounts and bank numbers, as people write and disguise them.

The patterns are read over folded texts: no final letters in Hebrew, no hamza in Arabic.
Every repetition before a sign that may not come is bounded, so time stays linear.
"""

import re
from collections.abc import Iterator

_WORD = r"[^\W_]"
_NAME = r"[^\s@<>()\[\]{},;:\"/]"
_AT = (
    r"(?:\s?[\[({]\s?(?:at|שטרודל|כרוכית|ات|@)\s?[\])}]\s?"
    r"|\s(?:שטרודל|כרוכית|ات)\s)"
)
_AT_SPOKEN = r"(?:" + _AT + r"|\sat\s)"
_DOT_SPOKEN = (
    r"(?:\s?[\[({]\s?(?:dot|נקודה|دوت|نقطه|\.)\s?[\])}]\s?|\s(?:dot|נקודה|دوت|نقطه)\s)"
)
_DOMAIN = r"[a-z0-9\u0590-\u06ff][\w'-]{0,62}"
_ENDS = (
    "com|net|org|info|biz|edu|gov|il|ps|jo|eg|eu|uk|de|fr|us|ca|nl|ch|at|tr|ae|io|app"
    "|shop|online|site|store|tech|dev|xyz|example|ly|gl|gle|be|cc|co|me"
)
_ENDS_SPOKEN = rf"(?:{_ENDS}|קומ|נט|אורג|איל|קו|كوم|نت|اورغ|بي\s?اس)"
_PROVIDER = (
    r"(?:gmail|g-mail|hotmail|outlook|yahoo|walla|icloud|proton(?:mail)?"
    r"|ג'?ימייל|גי'?מייל|הוטמייל|וואלה|جيميل|جي\s?ميل|هوتميل|ياهو)"
)

_EMAILS = (
    rf"{_NAME}{{0,64}}{_WORD}@\s?{_DOMAIN}(?:\.{_DOMAIN})+",
    rf"{_NAME}{{0,64}}{_WORD}\s?@\s?{_DOMAIN}(?:\s?\.\s?{_DOMAIN}){{0,3}}\s?\.\s?(?:{_ENDS})\b",
    rf"{_NAME}{{0,64}}{_WORD}{_AT}{_DOMAIN}(?:(?:\.|{_DOT_SPOKEN}){_DOMAIN})+",
    rf"{_NAME}{{0,64}}{_WORD}\sat\s{_DOMAIN}(?:{_DOT_SPOKEN}{_DOMAIN})+",
    rf"{_NAME}{{0,64}}{_WORD}(?:{_AT_SPOKEN}|\s?@\s?){_PROVIDER}\b",
    rf"{_PROVIDER}(?:\.|\s|{_DOT_SPOKEN})(?:com|קומ|كوم)\b",
    rf"(?<!{_WORD})@{_DOMAIN}(?:\.{_DOMAIN})*\.(?:{_ENDS})\b",
    r"\b[a-z0-9][\w.+-]{0,64}@(?=\s|$)",
)
_SERVICE_HOSTS = (
    r"(?:wa\.me|api\.whatsapp\.com|chat\.whatsapp\.com|t\.me|telegram\.me|m\.me|fb\.me"
    r"|fb\.com|facebook\.com|instagram\.com|linkedin\.com|tiktok\.com|signal\.me"
    r"|x\.com|twitter\.com|join\.skype\.com|line\.me)/\S+"
)
_LINKS = (
    r"\b(?:https?|ftp)://\S+",
    r"\bwww\.\S+",
    rf"(?<![a-z0-9@._])[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:{_ENDS})(?![\w@-])(?:/\S*)?",
    rf"\b{_WORD}{{1,40}}{_DOT_SPOKEN}(?:(?:co|קו)(?:\.|{_DOT_SPOKEN}))?{_ENDS_SPOKEN}"
    r"(?!\s?(?:boom|bubble|era|crash|years))(?!\w)",
)
_SERVICES = (
    r"(?:whats\s?app|telegram|signal|face\s?book|insta(?:gram)?|linked\s?in|skype|viber"
    r"|we\s?chat|snap\s?chat|tik\s?tok|messenger|twitter"
    r"|ו?ב?ווא?טסאפ|ו?ב?טלגרמ|ו?ב?סיגנל|ו?ב?פייסבוק|ו?ב?אינסטגרמ|ו?ב?אינסטה"
    r"|ו?ב?לינקדאינ|ו?ב?סקייפ|ו?ב?וייבר|ו?ב?טיקטוק|ו?ב?מסנג'ר"
    r"|واتس\s?(?:اب)?|تلغرام|تيليغرام|تلجرام|تيليجرام|سيغنال|سيجنال|فيسبوك|فيس"
    r"|انستغرام|انستجرام|انستا|لينكد\s?ان|سكايب|فايبر|تيك\s?توك|ماسنجر)"
)
_NAMED = (
    r"(?:\s(?:as|under|named|name|user(?:name)?|nick(?:name)?|handle|account|id|is"
    r"|בשמ|תחת|משתמש|כינוי|הוא"
    r"|باسم|تحت|بعنوان|اسم|معرف))+"
)
_ACCOUNTS = (
    _SERVICE_HOSTS,
    r"(?<![\w.@])@(?!\d+\b)[a-z0-9_][\w.]{2,}",
    rf"\b{_SERVICES}{_NAMED}\s?:?\s?\S+",
    rf"\b{_SERVICES}\s?:\s?[a-z0-9_@][\w.-]{{2,}}",
    r"\b(?:username|user\sname|שמ\sהמשתמש|اسم\sالمستخدم)\b.{0,25}?\s[a-z][\w.-]{3,}",
)
_BANKS = (
    r"\b(?:iban|איבאנ|آيبان|ايبان)\b\W{0,3}[a-z0-9 ]{8,40}",
    r"\b(?:il|ps|jo)\d{2}(?:\s?[a-z0-9]){15,30}\b",
    r"(?:\b(?:bank\s)?account(?:\s(?:no|number|nr))?|חשבונ(?:\sמספר)?"
    r"|(?:رقم\s)?(?:ال)?حساب(?:نا|ي)?(?:\sرقم)?)\W{0,4}(?:\d[ -]?){5,}",
    r"(?:סניפ|branch|فرع)\s?\d{3}\b.{0,12}\d{5,}",
)


def _either(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


EMAIL, LINK, ACCOUNT, BANK = map(_either, (_EMAILS, _LINKS, _ACCOUNTS, _BANKS))


def spans_of(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where a pattern stands in a folded text."""
    return (match.span() for match in pattern.finditer(text))
