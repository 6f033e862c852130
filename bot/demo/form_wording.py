"""The wording of the reply form (Annex 2 of a circular) in the six official languages, as data.

English is as TSB Circular 106 has it; the other languages keep the register of circulars of the
same kind. `{...}` are filled in by `bot.demo.form_letter`.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWording:
    """One language's form.

    Attributes:
        language: ISO 639-1 code.
        annex: the heading over the form.
        subject: of the letter; `{number}` is the circular's.
        consultation: the second line of the subject; `{texts}` are the draft texts.
        text: how the subject names a draft text; `{designation}` ("Y.4241").
        former: what follows a text that had another name; `{name}` ("Y.dt-SComCam").
        new, revised: first cell of a row.
        and_: before the last of several, with its spaces.
        comma: between several.
        to, from_, fax, email, date: labels of the letter's head.
        director: the addressee, line by line.
        salutation: opening of the letter.
        opening: sentence over the table; `{number}`.
        select: head of the table's box column.
        assigns, no_comments, comments_attached, does_not_assign: beside the boxes; `{group}` (20).
        closing: of the letter.
        administration: under the signature; `{name}` is the Member State, with its article.
        name, role, address, place_date: what stands where nothing was filled in.
        member_state: the same for the Member State.
        right_to_left: whether the script runs so.
    """

    language: str
    annex: str
    subject: str
    consultation: str
    text: str
    former: str
    new: str
    revised: str
    and_: str
    comma: str
    to: str
    from_: str
    fax: str
    email: str
    date: str
    director: tuple[str, ...]
    salutation: str
    opening: str
    select: str
    assigns: str
    no_comments: str
    comments_attached: str
    does_not_assign: str
    closing: str
    administration: str
    name: str
    role: str
    address: str
    place_date: str
    member_state: str
    right_to_left: bool = False


_ENGLISH = FormWording(
    language="en",
    annex="ANNEX 2",
    subject="Subject: Member State response to TSB Circular {number}:",
    consultation="Consultation on Determined draft Recommendations {texts}",
    text="ITU-T {designation}",
    former=" (ex {name})",
    new="Draft new Recommendation ITU-T {designation}",
    revised="Draft revised Recommendation ITU-T {designation}",
    and_=" and ",
    comma=", ",
    to="To:",
    from_="From:",
    fax="Fax:",
    email="E-mail:",
    date="Date:",
    director=(
        "Director of the",
        "Telecommunication Standardization Bureau,",
        "International Telecommunication Union",
        "Place des Nations",
        "CH 1211 Geneva 20, Switzerland",
    ),
    salutation="Dear Sir/Madam,",
    opening=(
        "With respect to the Member State consultation on the Determined draft texts listed in "
        "TSB Circular {number}, I would like to advise you of the opinion of this Administration, "
        "which is set out in the table below."
    ),
    select="Select one of the two boxes",
    assigns=(
        "assigns authority to ITU-T Study Group {group} to consider this text for approval "
        "(in which case, select one of the two options ⃝):"
    ),
    no_comments="No comments or suggested changes",
    comments_attached="Comments and suggested changes are attached",
    does_not_assign=(
        "does not assign authority to ITU-T Study Group {group} to consider this text for approval "
        "(reasons for this opinion and an outline of possible changes that would enable the work "
        "to progress are attached)"
    ),
    closing="Yours faithfully,",
    administration="Administration of {name}",
    name="[Name]",
    role="[Official role/title]",
    address="[Address]",
    place_date="[Place,] [Date]",
    member_state="[Member State]",
)

_FRENCH = FormWording(
    language="fr",
    annex="ANNEXE 2",
    subject="Objet: Réponse des États Membres à la Circulaire TSB {number}:",
    consultation="Consultation au sujet des projets de Recommandation déterminés {texts}",
    text="UIT-T {designation}",
    former=" (ex {name})",
    new="Projet de nouvelle Recommandation UIT-T {designation}",
    revised="Projet de Recommandation révisée UIT-T {designation}",
    and_=" et ",
    comma=", ",
    to="Au:",
    from_="De:",
    fax="Fax:",
    email="E-mail:",
    date="Date:",
    director=(
        "Directeur du Bureau de la normalisation",
        "des télécommunications",
        "Union internationale des télécommunications",
        "Place des Nations",
        "CH 1211 Genève 20, Suisse",
    ),
    salutation="Madame, Monsieur,",
    opening=(
        "Dans le cadre de la consultation des États Membres sur les projets de texte déterminés "
        "dont il est question dans la Circulaire TSB {number}, je vous communique par la présente "
        "l'avis de mon Administration, qui figure dans le tableau ci-après."
    ),
    select="Veuillez cocher l'une des deux cases",
    assigns=(
        "autorise la Commission d'études {group} de l'UIT-T à examiner ce texte en vue de son "
        "approbation (dans ce cas, veuillez cocher l'une des deux options ⃝):"
    ),
    no_comments="Pas de commentaire ni de proposition de modification",
    comments_attached="Commentaires et propositions de modification joints à la présente",
    does_not_assign=(
        "n'autorise pas la Commission d'études {group} de l'UIT-T à examiner ce texte en vue de "
        "son approbation (les motifs de cette décision et une description des éventuelles "
        "modifications susceptibles de faciliter la poursuite des travaux sont joints à la "
        "présente)"
    ),
    closing="Veuillez agréer, Madame, Monsieur, l'assurance de ma haute considération.",
    administration="Administration de {name}",
    name="[Nom]",
    role="[Rôle/titre officiel]",
    address="[Adresse]",
    place_date="[Lieu,] [Date]",
    member_state="[État Membre]",
)

_SPANISH = FormWording(
    language="es",
    annex="ANEXO 2",
    subject="Asunto: Respuesta de los Estados Miembros a la Circular TSB {number}:",
    consultation="Consulta sobre los proyectos de Recomendación determinados {texts}",
    text="UIT-T {designation}",
    former=" (ex {name})",
    new="Proyecto de nueva Recomendación UIT-T {designation}",
    revised="Proyecto de Recomendación revisada UIT-T {designation}",
    and_=" y ",
    comma=", ",
    to="Para:",
    from_="De:",
    fax="Fax:",
    email="Correo-e:",
    date="Fecha:",
    director=(
        "Director de la Oficina de Normalización",
        "de las Telecomunicaciones",
        "Unión Internacional de Telecomunicaciones",
        "Place des Nations",
        "CH 1211 Ginebra 20, Suiza",
    ),
    salutation="Muy Señora mía/Muy Señor mío:",
    opening=(
        "En relación con la consulta a los Estados Miembros sobre los proyectos de texto "
        "determinados que se enumeran en la Circular TSB {number}, tengo el honor de comunicarle "
        "la opinión de esta Administración, que figura en el cuadro siguiente."
    ),
    select="Seleccione una de las dos casillas",
    assigns=(
        "autoriza a la Comisión de Estudio {group} del UIT-T a examinar este texto con miras a su "
        "aprobación (en tal caso, seleccione una de las dos opciones ⃝):"
    ),
    no_comments="Sin comentarios ni cambios propuestos",
    comments_attached="Se adjuntan comentarios y cambios propuestos",
    does_not_assign=(
        "no autoriza a la Comisión de Estudio {group} del UIT-T a examinar este texto con miras a "
        "su aprobación (se adjuntan los motivos de esta opinión y una descripción de los posibles "
        "cambios que permitirían el avance de los trabajos)"
    ),
    closing="Le saluda muy atentamente,",
    administration="Administración de {name}",
    name="[Nombre]",
    role="[Cargo/título oficial]",
    address="[Dirección]",
    place_date="[Lugar,] [Fecha]",
    member_state="[Estado Miembro]",
)

_RUSSIAN = FormWording(
    language="ru",
    annex="ПРИЛОЖЕНИЕ 2",
    subject="Предмет: Ответ Государств-Членов на Циркуляр {number} БСЭ:",
    consultation="Консультации по проектам Рекомендаций, по которым сделано заключение, {texts}",
    text="МСЭ-T {designation}",
    former=" (ранее {name})",
    new="Проект новой Рекомендации МСЭ-T {designation}",
    revised="Проект пересмотренной Рекомендации МСЭ-T {designation}",
    and_=" и ",
    comma=", ",
    to="Кому:",
    from_="От:",
    fax="Факс:",
    email="Эл. почта:",
    date="Дата:",
    director=(
        "Директору",
        "Бюро стандартизации электросвязи",
        "Международный союз электросвязи",
        "Place des Nations",
        "CH 1211 Geneva 20, Switzerland",
    ),
    salutation="Уважаемая госпожа/уважаемый господин,",
    opening=(
        "В связи с консультациями с Государствами-Членами по проектам текстов, перечисленным в "
        "Циркуляре {number} БСЭ, сообщаю Вам мнение настоящей администрации, которое представлено "
        "в таблице ниже."
    ),
    select="Выберите одну из двух ячеек",
    assigns=(
        "предоставляет {group}-й Исследовательской комиссии МСЭ-Т полномочия рассмотреть данный "
        "текст на предмет утверждения (в этом случае выберите один из двух вариантов ⃝):"
    ),
    no_comments="Замечаний или предлагаемых изменений нет",
    comments_attached="Замечания и предлагаемые изменения прилагаются",
    does_not_assign=(
        "не предоставляет {group}-й Исследовательской комиссии МСЭ-Т полномочия рассмотреть данный "
        "текст на предмет утверждения (причины такого решения и описание возможных изменений, "
        "которые способствовали бы продвижению работы, прилагаются)"
    ),
    closing="С уважением,",
    administration="Администрация {name}",
    name="[Фамилия]",
    role="[Официальная должность/звание]",
    address="[Адрес]",
    place_date="[Место,] [Дата]",
    member_state="[Государство-Член]",
)

_ARABIC = FormWording(
    language="ar",
    annex="الملحـق 2",
    subject="الموضوع: رد الدول الأعضاء على الرسالة المعممة {number} لمكتب تقييس الاتصالات:",
    consultation="التشاور بشأن مشاريع التوصيات المحددة {texts}",
    text="ITU-T {designation}",
    former=" ({name} سابقاً)",
    new="مشروع التوصية الجديدة ITU-T {designation}",
    revised="مشروع التوصية المراجعة ITU-T {designation}",
    and_=" و",
    comma="، ",
    to="إلى:",
    from_="من:",
    fax="الفاكس:",
    email="البريد الإلكتروني:",
    date="التاريخ:",
    director=(
        "مدير مكتب تقييس الاتصالات",
        "الاتحاد الدولي للاتصالات",
        "Place des Nations",
        "CH 1211 Geneva 20, Switzerland",
    ),
    salutation="حضرات السادة والسيدات، تحية طيبة وبعد،",
    opening=(
        "بالإشارة إلى التشاور مع الدول الأعضاء بشأن مشاريع النصوص المحددة الواردة في الرسالة "
        "المعممة {number} لمكتب تقييس الاتصالات، أود أن أبلغكم برأي هذه الإدارة المبين في الجدول "
        "أدناه."
    ),
    select="يرجى اختيار أحد المربعين",
    assigns=(
        "تفوض لجنة الدراسات {group} لقطاع تقييس الاتصالات للنظر في هذا النص بغية الموافقة عليه "
        "(وفي هذه الحالة، يرجى اختيار أحد الخيارين ⃝):"
    ),
    no_comments="لا توجد تعليقات أو تغييرات مقترحة",
    comments_attached="مرفق طيه تعليقات وتغييرات مقترحة",
    does_not_assign=(
        "لا تفوض لجنة الدراسات {group} لقطاع تقييس الاتصالات للنظر في هذا النص بغية الموافقة عليه "
        "(مرفق طيه أسباب هذا الرأي وعرض موجز للتغييرات المحتملة التي من شأنها أن تتيح التقدم في "
        "العمل)"
    ),
    closing="وتفضلوا بقبول فائق التقدير والاحترام،",
    administration="إدارة {name}",
    name="[الاسم]",
    role="[الصفة/اللقب الرسمي]",
    address="[العنوان]",
    place_date="[المكان،] [التاريخ]",
    member_state="[الدولة العضو]",
    right_to_left=True,
)

_CHINESE = FormWording(
    language="zh",
    annex="附件2",
    subject="事由：成员国对电信标准化局第{number}号通函的回复：",
    consultation="就已确定的建议书草案{texts}进行的磋商",
    text="ITU-T {designation}",
    former="（原{name}）",
    new="ITU-T {designation}新建议书草案",
    revised="ITU-T {designation}修订建议书草案",
    and_="和",
    comma="、",
    to="致：",
    from_="自：",
    fax="传真：",
    email="电子邮件：",
    date="日期：",
    director=(
        "国际电信联盟",
        "电信标准化局主任",
        "Place des Nations",
        "CH 1211 Geneva 20, Switzerland",
    ),
    salutation="尊敬的先生/女士：",
    opening=(
        "关于就电信标准化局第{number}号通函所列已确定的案文草案与成员国进行的磋商，"
        "现将本主管部门的意见告知如下表。"
    ),
    select="请在两个方框中选择一个",
    assigns=(
        "授权ITU-T第{group}研究组审议此案文以予批准（在此情况下，请从两个选项 ⃝ 中选择一个）："
    ),
    no_comments="无意见或修改建议",
    comments_attached="随附意见和修改建议",
    does_not_assign=(
        "不授权ITU-T第{group}研究组审议此案文以予批准"
        "（随附持此观点的理由以及可推动工作取得进展的可能修改的概要）"
    ),
    closing="顺致敬意",
    administration="{name}主管部门",
    name="[姓名]",
    role="[正式职务/头衔]",
    address="[地址]",
    place_date="[地点，] [日期]",
    member_state="[成员国]",
)

#: ISO 639-1 code -> the form in that language.
WORDING: Final = MappingProxyType(
    {
        wording.language: wording
        for wording in (_ENGLISH, _FRENCH, _SPANISH, _RUSSIAN, _ARABIC, _CHINESE)
    }
)
