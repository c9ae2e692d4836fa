"""What the two people of a journey write, each in the own language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One person's texts in one language."""

    alias: str
    descriptor: str
    legal_name: str
    title: str
    seeks: str  # what is typed into the search
    summary: str
    brings: str
    needs: str
    answers: dict[str, str]  # the fields of the request for an introduction
    message: str
    venture: str
    purpose: str


PRESS, SHOP = "press", "shop"
LETTERS = {"en": "[A-Za-z]", "he": "[א-ת]", "ar": "[ء-ي]"}

WORDS = {
    (PRESS, "en"): Words(
        alias="Press under the terraces",
        descriptor="A family olive press that bottles its own oil",
        legal_name="Terrace Oil Works Ltd",
        title="Cold-pressed olive oil, bottled for your label",
        seeks="distribution and export paperwork",
        summary="Early-harvest oil from our own press, bottled in dark glass. "
        "We look for somebody who sells it abroad.",
        brings="Pressing and bottling of 40 tonnes a season",
        needs="A shop chain that distributes it",
        answers={
            "i_bring": "Oil of one harvest, tested and bottled.",
            "i_need": "Shelves, and somebody who knows the export papers.",
            "why_you": "You sell to the shops we cannot reach.",
            "first_step": "We send twelve bottles and talk a week later.",
            "constraints": "The harvest starts in October.",
        },
        message="Good morning. The first bottles are packed; where shall they go?",
        venture="Oil for two coasts",
        purpose="We press and bottle; you distribute. We share what is earned.",
    ),
    (SHOP, "en"): Words(
        alias="Shelves by the harbour",
        descriptor="Delicatessen shops that import and distribute",
        legal_name="Harbour Shelves Ltd",
        title="Olive oil wanted for forty delicatessen shops",
        seeks="cold-pressed olive oil",
        summary="We distribute to forty shops and know the export papers. "
        "We need a press that bottles cold-pressed olive oil.",
        brings="Distribution to forty shops and the export papers",
        needs="Pressing and bottling under our label",
        answers={
            "i_bring": "Forty shops and a warehouse.",
            "i_need": "A press that bottles for us.",
            "why_you": "Your oil is pressed within a day.",
            "first_step": "A tasting online with three samples.",
            "constraints": "Glass only, no plastic.",
        },
        message="Thank you for accepting. Shall we taste together on Monday?",
        venture="A label of our own",
        purpose="You press and bottle; we distribute. We share what is earned.",
    ),
    (PRESS, "he"): Words(
        alias="בית בד מתחת לטרסות",
        descriptor="בית בד משפחתי שמבקבק את השמן שלו",
        legal_name="מפעלי שמן הטרסות בעמ",
        title="שמן זית בכבישה קרה, בבקבוק עם התווית שלכם",
        seeks="הפצה וניירת יצוא",
        summary="שמן ממסיק מוקדם מבית הבד שלנו, בבקבוקי זכוכית כהה. "
        "מחפשים מי שימכור אותו בחוץ לארץ.",
        brings="כבישה ובקבוק של ארבעים טון בעונה",
        needs="רשת חנויות שתפיץ אותו",
        answers={
            "i_bring": "שמן ממסיק אחד, בדוק ומבוקבק.",
            "i_need": "מדפים, ומי שמכיר את ניירת היצוא.",
            "why_you": "אתם מוכרים לחנויות שאיננו מגיעים אליהן.",
            "first_step": "נשלח תריסר בקבוקים ונדבר שבוע אחר כך.",
            "constraints": "המסיק מתחיל באוקטובר.",
        },
        message="בוקר טוב. הבקבוקים הראשונים ארוזים; לאן לשלוח אותם?",
        venture="שמן לשני חופים",
        purpose="אנחנו כובשים ומבקבקים, אתם מפיצים, ומתחלקים במה שמרוויחים.",
    ),
    (SHOP, "he"): Words(
        alias="מדפים ליד הנמל",
        descriptor="מעדניות שמייבאות ומפיצות",
        legal_name="מדפי הנמל בעמ",
        title="דרוש שמן זית לארבעים מעדניות",
        seeks="שמן זית בכבישה קרה",
        summary="אנחנו מפיצים לארבעים חנויות ומכירים את ניירת היצוא. "
        "דרוש לנו בית בד שמבקבק שמן זית בכבישה קרה.",
        brings="הפצה לארבעים חנויות וניירת היצוא",
        needs="כבישה ובקבוק עם התווית שלנו",
        answers={
            "i_bring": "ארבעים חנויות ומחסן.",
            "i_need": "בית בד שיבקבק עבורנו.",
            "why_you": "השמן שלכם נכבש בתוך יום.",
            "first_step": "טעימה מרחוק עם שלוש דוגמאות.",
            "constraints": "רק זכוכית, בלי פלסטיק.",
        },
        message="תודה שהסכמתם. נטעם יחד ביום שני?",
        venture="תווית משלנו",
        purpose="אתם כובשים ומבקבקים, אנחנו מפיצים, ומתחלקים במה שמרוויחים.",
    ),
    (PRESS, "ar"): Words(
        alias="معصرة تحت المدرجات",
        descriptor="معصرة زيتون عائلية تعبّئ زيتها بنفسها",
        legal_name="معامل زيت المدرجات المحدودة",
        title="زيت زيتون معصور على البارد، معبّأ بعلامتكم",
        seeks="توزيع وأوراق تصدير",
        summary="زيت من قطاف مبكر ومن معصرتنا، معبّأ في زجاج داكن. "
        "نبحث عمّن يبيعه في الخارج.",
        brings="عصر وتعبئة أربعين طنًا في الموسم",
        needs="سلسلة متاجر توزّعه",
        answers={
            "i_bring": "زيت من قطاف واحد، مفحوص ومعبّأ.",
            "i_need": "رفوف، ومن يعرف أوراق التصدير.",
            "why_you": "أنتم تبيعون لمتاجر لا نصل إليها.",
            "first_step": "نرسل اثنتي عشرة زجاجة ونتحدث بعد أسبوع.",
            "constraints": "يبدأ القطاف في تشرين الأول.",
        },
        message="صباح الخير. الزجاجات الأولى جاهزة؛ إلى أين نرسلها؟",
        venture="زيت لساحلين",
        purpose="نحن نعصر ونعبّئ وأنتم توزّعون، ونتقاسم ما نكسبه.",
    ),
    (SHOP, "ar"): Words(
        alias="رفوف قرب الميناء",
        descriptor="متاجر أطعمة مختارة تستورد وتوزّع",
        legal_name="رفوف الميناء المحدودة",
        title="مطلوب زيت زيتون لأربعين متجرًا",
        seeks="زيت زيتون معصور على البارد",
        summary="نوزّع على أربعين متجرًا ونعرف أوراق التصدير. "
        "نحتاج إلى معصرة تعبّئ زيت الزيتون المعصور على البارد.",
        brings="التوزيع على أربعين متجرًا وأوراق التصدير",
        needs="العصر والتعبئة بعلامتنا",
        answers={
            "i_bring": "أربعون متجرًا ومستودع.",
            "i_need": "معصرة تعبّئ لنا.",
            "why_you": "زيتكم يُعصر خلال يوم.",
            "first_step": "تذوّق عن بُعد بثلاث عيّنات.",
            "constraints": "الزجاج فقط، بلا بلاستيك.",
        },
        message="شكرًا لقبولكم. هل نتذوّق معًا يوم الاثنين؟",
        venture="علامة خاصة بنا",
        purpose="أنتم تعصرون وتعبّئون ونحن نوزّع، ونتقاسم ما نكسبه.",
    ),
}
