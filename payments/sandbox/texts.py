"""What the card page says, in the three languages of the programme.

A name that begins with a digit stands between direction marks (U+2066, U+2069):
in a right-to-left line "3-D" would otherwise fall apart.
"""

from typing import Final

LANGUAGES: Final = {"en": "English", "he": "עברית", "ar": "العربية"}
SHORT: Final = {"en": "EN", "he": "עב", "ar": "ع"}
RIGHT_TO_LEFT: Final = frozenset({"he", "ar"})

ENGLISH: Final = {
    "sandbox": "SANDBOX – no real money",
    "warning": "Do not type a real card. Only test cards work here.",
    "real_page": "In real use, this step takes place on Stripe’s own page, in English.",
    "language": "Language",
    "amount": "Amount to pay",
    "card": "Pay by test card",
    "email": "Email (optional)",
    "number": "Card number",
    "valid": "Valid until (month / year)",
    "cvc": "Security code (CVC)",
    "name": "Name on card (optional)",
    "pay": "Pay",
    "keep": "Keep this card",
    "nothing_now": "Nothing is charged now",
    "cancel": "Cancel and go back",
    "cards": "Test cards",
    "cards_hint": "Choose a card and the form is filled in.",
    "use_card": "Use this card",
    "problem": "Nothing was paid",
    "label_pay": "Pays",
    "label_challenge": "Asks the bank (3-D Secure)",
    "label_asks_always": "Asks the bank (3-D Secure), each time",
    "label_generic_decline": "Is declined",
    "label_insufficient_funds": "Not enough funds",
    "label_expired_card": "Has expired",
    "label_incorrect_cvc": "Wrong security code",
    "label_fraudulent": "Is blocked as too risky",
    "label_dispute": "Pays, then is disputed",
    "label_inquiry": "Pays, then the bank asks",
    "label_refund_fails": "Pays; a refund fails later",
    "label_refund_waits": "Pays; a refund takes a while",
    "label_fails_later": "Can be kept; charges fail",
    "unknown_card": (
        "This number is not one of the test cards. It was refused and not kept."
    ),
    "bad_valid": "Give a month and year that are not past, for example 12/34.",
    "bad_cvc": "Give three or four digits.",
    "generic_decline": "The card was declined. Try another card.",
    "fraudulent": "The card was declined. Try another card.",
    "insufficient_funds": "There are not enough funds on the card. Try another card.",
    "expired_card": "The card has expired. Try another card.",
    "incorrect_cvc": "The security code is wrong. Check it or try another card.",
    "authentication": "The bank did not confirm the payment. Try again or use another card.",
    "challenge": "The bank asks you to confirm",
    "challenge_hint": (
        "This page stands in for the bank’s 3-D Secure check, which usually sends a"
        " code by SMS."
    ),
    "complete": "Complete the check",
    "fail": "Fail the check",
    "paid": "The payment is complete",
    "paid_hint": "No real money was moved.",
    "expired": "This payment page has expired",
    "expired_hint": "Nothing was paid here. Start again from the site.",
    "refused": "The bank did not confirm the payment",
    "refused_hint": "Nothing was paid. Go back to the site: another card can be entered there.",
    "missing": "There is no such payment page",
    "missing_hint": "The address may be incomplete, or the sandbox was emptied.",
    "back": "Back to the site",
    "foot": "A stand-in for Stripe, for development. It runs on this computer only.",
}

HEBREW: Final = {
    "sandbox": "SANDBOX · סביבת\u00a0ניסוי\u00a0– בלי כסף אמיתי",
    "warning": "אין להקליד כרטיס אמיתי. כאן פועלים כרטיסי ניסוי בלבד.",
    "real_page": "בשימוש אמיתי השלב הזה נעשה בעמוד של Stripe עצמה, באנגלית.",
    "language": "שפה",
    "amount": "סכום לתשלום",
    "card": "תשלום בכרטיס ניסוי",
    "email": "דוא״ל (לא חובה)",
    "number": "מספר כרטיס",
    "valid": "בתוקף עד (חודש / שנה)",
    "cvc": "קוד אבטחה (CVC)",
    "name": "השם על הכרטיס (לא חובה)",
    "pay": "תשלום",
    "keep": "שמירת הכרטיס",
    "nothing_now": "כעת לא נגבה דבר",
    "cancel": "ביטול וחזרה",
    "cards": "כרטיסי ניסוי",
    "cards_hint": "בחירת כרטיס ממלאת את הטופס.",
    "use_card": "שימוש בכרטיס זה",
    "problem": "לא בוצע תשלום",
    "label_pay": "התשלום מתקבל",
    "label_challenge": "הבנק מבקש אישור (\u20663-D Secure\u2069)",
    "label_asks_always": "הבנק מבקש אישור בכל פעם (\u20663-D Secure\u2069)",
    "label_generic_decline": "הכרטיס נדחה",
    "label_insufficient_funds": "אין יתרה מספקת",
    "label_expired_card": "פג תוקף הכרטיס",
    "label_incorrect_cvc": "קוד אבטחה שגוי",
    "label_fraudulent": "נחסם בשל סיכון גבוה",
    "label_dispute": "התשלום מתקבל, ואז מוכחש",
    "label_inquiry": "התשלום מתקבל, ואז הבנק מברר",
    "label_refund_fails": "התשלום מתקבל; החזר נכשל בהמשך",
    "label_refund_waits": "התשלום מתקבל; החזר נמשך זמן מה",
    "label_fails_later": "הכרטיס נשמר; החיובים נכשלים",
    "unknown_card": "המספר אינו של אחד מכרטיסי הניסוי. הוא נדחה ולא נשמר.",
    "bad_valid": "יש לציין חודש ושנה שטרם חלפו, למשל 12/34.",
    "bad_cvc": "יש לציין שלוש או ארבע ספרות.",
    "generic_decline": "הכרטיס נדחה. אפשר לנסות כרטיס אחר.",
    "fraudulent": "הכרטיס נדחה. אפשר לנסות כרטיס אחר.",
    "insufficient_funds": "אין בכרטיס יתרה מספקת. אפשר לנסות כרטיס אחר.",
    "expired_card": "פג תוקפו של הכרטיס. אפשר לנסות כרטיס אחר.",
    "incorrect_cvc": "קוד האבטחה שגוי. אפשר לבדוק אותו או לנסות כרטיס אחר.",
    "authentication": "הבנק לא אישר את התשלום. אפשר לנסות שוב או להשתמש בכרטיס אחר.",
    "challenge": "הבנק מבקש את אישורכם",
    "challenge_hint": (
        "עמוד זה בא במקום בדיקת \u20663-D Secure\u2069 של הבנק, ששולחת בדרך כלל קוד במסרון."
    ),
    "complete": "השלמת הבדיקה",
    "fail": "הכשלת הבדיקה",
    "paid": "התשלום הושלם",
    "paid_hint": "לא הועבר כסף אמיתי.",
    "expired": "פג תוקפו של עמוד התשלום",
    "expired_hint": "לא בוצע כאן תשלום. יש להתחיל מחדש מהאתר.",
    "refused": "הבנק לא אישר את התשלום",
    "refused_hint": "לא שולם דבר. יש לחזור לאתר: אפשר להזין שם כרטיס אחר.",
    "missing": "אין עמוד תשלום כזה",
    "missing_hint": "ייתכן שהכתובת חלקית, או שסביבת הניסוי רוקנה.",
    "back": "חזרה לאתר",
    "foot": "תחליף ל־Stripe לצורכי פיתוח. פועל במחשב זה בלבד.",
}

ARABIC: Final = {
    "sandbox": "SANDBOX · بيئة\u00a0تجريبية\u00a0– بلا أموال حقيقية",
    "warning": "لا تكتبوا رقم بطاقة حقيقية. تعمل هنا بطاقات الاختبار وحدها.",
    "real_page": (
        "في الاستخدام الحقيقي تجري هذه الخطوة في صفحة Stripe نفسها، باللغة الإنجليزية."
    ),
    "language": "اللغة",
    "amount": "المبلغ المطلوب دفعه",
    "card": "الدفع ببطاقة اختبار",
    "email": "البريد الإلكتروني (اختياري)",
    "number": "رقم البطاقة",
    "valid": "صالحة حتى (شهر / سنة)",
    "cvc": "رمز الأمان (CVC)",
    "name": "الاسم على البطاقة (اختياري)",
    "pay": "دفع",
    "keep": "حفظ البطاقة",
    "nothing_now": "لا يُؤخذ شيء الآن",
    "cancel": "إلغاء والعودة",
    "cards": "بطاقات الاختبار",
    "cards_hint": "عند اختيار بطاقة تُملأ خانات النموذج.",
    "use_card": "استخدام هذه البطاقة",
    "problem": "لم يُدفع شيء",
    "label_pay": "يُقبل الدفع",
    "label_challenge": "يطلب المصرف التأكيد (\u20663-D Secure\u2069)",
    "label_asks_always": "يطلب المصرف التأكيد في كل مرة (\u20663-D Secure\u2069)",
    "label_generic_decline": "تُرفض البطاقة",
    "label_insufficient_funds": "الرصيد غير كافٍ",
    "label_expired_card": "انتهت صلاحية البطاقة",
    "label_incorrect_cvc": "رمز الأمان غير صحيح",
    "label_fraudulent": "تُحظر لارتفاع المخاطر",
    "label_dispute": "يُقبل الدفع ثم يُعترض عليه",
    "label_inquiry": "يُقبل الدفع ثم يستفسر المصرف",
    "label_refund_fails": "يُقبل الدفع؛ ويفشل رد المبلغ لاحقًا",
    "label_refund_waits": "يُقبل الدفع؛ ويستغرق رد المبلغ وقتًا",
    "label_fails_later": "تُحفظ البطاقة؛ وتفشل عمليات الخصم",
    "unknown_card": "هذا الرقم ليس من بطاقات الاختبار. رُفض ولم يُحفظ.",
    "bad_valid": "اكتبوا شهرًا وسنة لم ينقضيا، مثل 12/34.",
    "bad_cvc": "اكتبوا ثلاثة أرقام أو أربعة.",
    "generic_decline": "رُفضت البطاقة. يمكن تجربة بطاقة أخرى.",
    "fraudulent": "رُفضت البطاقة. يمكن تجربة بطاقة أخرى.",
    "insufficient_funds": "رصيد البطاقة غير كافٍ. يمكن تجربة بطاقة أخرى.",
    "expired_card": "انتهت صلاحية البطاقة. يمكن تجربة بطاقة أخرى.",
    "incorrect_cvc": "رمز الأمان غير صحيح. يمكن التحقق منه أو تجربة بطاقة أخرى.",
    "authentication": "لم يؤكد المصرف الدفع. يمكن المحاولة مرة أخرى أو استخدام بطاقة أخرى.",
    "challenge": "يطلب المصرف تأكيدكم",
    "challenge_hint": (
        "تقوم هذه الصفحة مقام فحص \u20663-D Secure\u2069 لدى المصرف، الذي يرسل عادة رمزًا في"
        " رسالة نصية."
    ),
    "complete": "إتمام الفحص",
    "fail": "إفشال الفحص",
    "paid": "اكتمل الدفع",
    "paid_hint": "لم تُنقل أي أموال حقيقية.",
    "expired": "انتهت صلاحية صفحة الدفع هذه",
    "expired_hint": "لم يُدفع شيء هنا. يمكن البدء من جديد من الموقع.",
    "refused": "لم يؤكد المصرف الدفعة",
    "refused_hint": "لم يُدفع شيء. عودوا إلى الموقع: يمكن إدخال بطاقة أخرى هناك.",
    "missing": "لا توجد صفحة دفع كهذه",
    "missing_hint": "ربما كان العنوان ناقصًا، أو أُفرغت البيئة التجريبية.",
    "back": "العودة إلى الموقع",
    "foot": "بديل عن Stripe لأغراض التطوير، يعمل على هذا الحاسوب وحده.",
}

TEXTS: Final = {"en": ENGLISH, "he": HEBREW, "ar": ARABIC}


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def preferred(asked: str, accept_language: str) -> str:
    """The language of the page: the link chosen, else the browser's wish, else English."""
    if asked in TEXTS:
        return asked
    wishes = []
    for place, part in enumerate(accept_language.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag[:2].lower()))
        except ValueError:
            continue
    known = [
        language
        for weight, _, language in sorted(wishes)
        if weight and language in TEXTS
    ]
    return known[0] if known else "en"
