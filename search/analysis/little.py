"""Little words: articles, particles, pronouns, numbers. They join, and name no goods.

They count in the scores, where being common makes them light; as the reason of a match
they would tell its reader nothing.
"""

from .normal import surfaces

_ENGLISH = """
a about after again all also am an and any are as at be been before being between both
but by can could did do does done down each either few for from get had has have her
here him his how if in into is it its just last least less like made make many may me
more most much must my near need needs new no nor not now of off on once one only or
other our out over own per same several shall she should since so some still such than
that the their them then there these they this those through till to too two three four
five six seven eight nine ten first second third under until up us use used very was way
we well were what when where which while who whose why will with within without would
yet you your half week weeks day days month months year years small large good
"""
_HEBREW = """
אבל או אותו אותה אותם אז אחד אחת אחר אחרי אחרת אין איך אינו אך אל אלא אלה אם אנו אנחנו את
אתם בו בה בהם בין בלבד בלי במקום גם דרך הוא היא היו היה הם הן הרבה ואת וגם ועד ועוד
ושל זאת זה זו חדש חדשה יהיה יותר יכול יכולה יכולים יש כאן כבר כדי כך כל כמה כמו כן כפי כרגע
לא לאחר לבין להם לה לו לכל לכם לנו לעד לפי לפני לשם מאד מאוד מאז מה מול מי מן מעל מעט מתוך
מתחת נגד עד עוד על עם עצמו פחות פי צריך צריכים צריכה רק של שלה שלהם שלו שלכם שלנו שם
תוך תחת שני שתי שלוש שלושה ארבע ארבעה חמש חמישה שש שישה שבע שבעה שמונה תשע תשעה עשר עשרה
שבוע שבועות יום ימים חודש חודשים שנה שנים חצי קטן קטנה קטנים גדול גדולה גדולים טוב טובה
"""
_ARABIC = """
أحد إحدى إذا إلا إلى أما أن إن أنا أنه إنه أنها أنهم أو أي أية أين أكثر أقل أول آخر أخرى إما
بعد بعض بل بلا بين بينهما تحت تكون تلك ثم جدا حتى حول حيث حين خلال دون ذلك ذات سوى سوف شيء
ضد ضمن على عليه عليها عن عنه عنها عند عندنا غير فقط فوق في فيه فيها قبل قد قط كان كانت كل كلا
كلها كما كم كنا كي كيف كذلك لا لأن لدى لدينا لديه لديها لذلك لقد لك لكل لكم لكن لكي لم لما لن
له لها لهم ليس ليست ما مثل مع معا معنا من منا منذ منه منها منهم نحن نحو هذا هذه هل هم هنا هناك
هو هي هؤلاء واحد واحدة وقد ولا ولم وما ومن ومع وهو وهي يكون يمكن التي الذي الذين
اثنان اثنين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثماني ثمانية تسع تسعة عشر
عشرة يوم أيام أسبوع أسابيع شهر أشهر شهريا سنة سنوات سنويا عام نصف صغير صغيرة كبير كبيرة جديد جديدة جيد جيدة
"""
_BEFORE = ("", "و", "ف")
LITTLE = frozenset(
    [
        *surfaces(f"{_ENGLISH} {_HEBREW}"),
        *surfaces(" ".join(f"ו{word}" for word in _HEBREW.split())),
        *surfaces(" ".join(p + word for p in _BEFORE for word in _ARABIC.split())),
    ]
)
