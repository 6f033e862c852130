"""Wordings of the form in six languages: several for each part, as circulars vary them.

None of them is the wording that the project's own forms have; a document takes one of each.
"""

import random
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language.

    Attributes:
        annex: the heading over the form.
        subject: of the letter; `{number}` is the circular's.
        opening: the sentence over the table; `{number}`.
        new, revised: the first cell of a row; `{designation}`, to which `former` is added.
        former: `{name}`, the working name.
        select: the head of the table.
        assigns, no_comments, comments_attached, does_not_assign: beside the boxes; `{group}`.
        addressee, sender, salutation, closing, administration, date: of the letter.
        cover: what a covering page says.
        comments: what a page of comments says.
        right_to_left: whether the script runs so.
    """

    annex: tuple[str, ...]
    subject: tuple[str, ...]
    opening: tuple[str, ...]
    new: tuple[str, ...]
    revised: tuple[str, ...]
    former: tuple[str, ...]
    select: tuple[str, ...]
    assigns: tuple[str, ...]
    no_comments: tuple[str, ...]
    comments_attached: tuple[str, ...]
    does_not_assign: tuple[str, ...]
    addressee: str
    sender: str
    salutation: str
    closing: str
    administration: str
    date: str
    cover: str
    comments: str
    right_to_left: bool = False


_ENGLISH = Wording(
    annex=("Annex 2", "ANNEX 2 (to TSB Circular {number})", "Annex B"),
    subject=(
        "Reply of a Member State to TSB Circular {number}",
        "Subject: Member State reply to TSB Circular {number}: Consultation on determined texts",
        "Response to the consultation in TSB Circular {number}",
    ),
    opening=(
        (
            "In reply to the consultation announced in TSB Circular {number}, this Administration "
            "wishes to state its opinion on each of the determined draft Recommendations as follows."
        ),
        (
            "Further to TSB Circular {number}, please find below the opinion of our Administration on "
            "the texts submitted for consultation."
        ),
        (
            "With regard to the consultation of Member States on the draft texts in TSB Circular "
            "{number}, I have the honour to inform you of the opinion of my Administration."
        ),
    ),
    new=("Draft new Recommendation {designation}", "Draft new Rec. ITU-T {designation}"),
    revised=("Draft revised Recommendation {designation}", "Draft revised ITU-T {designation}"),
    former=(" (ex {name})", " (ex. {name})", " (formerly {name})"),
    select=("Please tick one of the two boxes", "Opinion (tick as appropriate)", "Select one"),
    assigns=(
        (
            "assigns authority to Study Group {group} to consider this text for approval (in this "
            "case, select one of the two options):"
        ),
        "assigns authority to ITU-T SG{group} to consider approving the text (choose one):",
        (
            "assigns to Study Group {group} the authority to consider this draft for approval; in "
            "that case please choose:"
        ),
    ),
    no_comments=(
        "No comments or proposed changes",
        "Without comments or suggested modifications",
        "No comments and no suggested changes",
    ),
    comments_attached=(
        "Comments and proposed changes are attached",
        "Comments or suggested modifications are enclosed",
        "Comments and suggested changes attached",
    ),
    does_not_assign=(
        (
            "does not assign authority to Study Group {group} to consider this text for approval "
            "(the reasons and an outline of changes that would allow progress are attached)"
        ),
        (
            "does not assign authority to ITU-T SG{group} to consider approving the text (reasons "
            "attached)"
        ),
        (
            "does not assign to Study Group {group} the authority to consider this draft for approval "
            "(reasons for this opinion are attached)"
        ),
    ),
    addressee="To: Director, Telecommunication Standardization Bureau, Geneva",
    sender="From:",
    salutation="Dear Sir or Madam,",
    closing="Yours faithfully,",
    administration="Administration of",
    date="Date:",
    cover="Please find enclosed the reply of our Administration to TSB Circular {number}.",
    comments="Comments of our Administration on the text of {designation}: clause 6.2 should say "
    "which of the options applies, and Appendix II should be informative.",
)

_FRENCH = Wording(
    annex=("Annexe 2", "ANNEXE 2 (de la Circulaire TSB {number})", "Annexe B"),
    subject=(
        "Réponse d'un État Membre à la Circulaire TSB {number}",
        "Objet: Réponse à la Circulaire TSB {number}, consultation des États Membres",
    ),
    opening=(
        (
            "En réponse à la consultation annoncée dans la Circulaire TSB {number}, l'Administration "
            "soussignée vous fait connaître ci-après son avis sur chacun des projets de texte."
        ),
        (
            "Suite à la Circulaire TSB {number}, je vous prie de trouver ci-dessous l'avis de notre "
            "Administration."
        ),
    ),
    new=(
        "Projet de nouvelle Recommandation {designation}",
        "Projet de nouvelle Rec. UIT-T {designation}",
    ),
    revised=(
        "Projet de Recommandation révisée {designation}",
        "Projet de révision de la Rec. UIT-T {designation}",
    ),
    former=(" (ex {name})", " (ancien {name})", " (ex-{name})"),
    select=("Cocher l'une des deux cases", "Avis (cocher la case utile)", "Choisir une case"),
    assigns=(
        (
            "autorise la Commission d'études {group} à examiner ce texte en vue de son approbation "
            "(dans ce cas, choisir l'une des deux options):"
        ),
        (
            "donne pouvoir à la CE {group} de l'UIT-T d'examiner ce texte pour approbation (cocher une "
            "option):"
        ),
        (
            "confère à la Commission d'études {group} le pouvoir d'examiner ce projet aux fins "
            "d'approbation; veuillez alors choisir:"
        ),
    ),
    no_comments=(
        "Pas d'observations ni de modifications proposées",
        "Aucun commentaire ni modification suggérée",
        "Sans commentaire ni proposition de modification",
    ),
    comments_attached=(
        "Observations et modifications proposées jointes",
        "Commentaires et modifications suggérées en annexe",
        "Des commentaires et propositions de modification sont joints",
    ),
    does_not_assign=(
        (
            "n'autorise pas la Commission d'études {group} à examiner ce texte en vue de son "
            "approbation (les motifs et une description des modifications possibles sont joints)"
        ),
        (
            "ne donne pas pouvoir à la CE {group} de l'UIT-T d'examiner ce texte pour approbation "
            "(motifs joints)"
        ),
        (
            "ne confère pas à la Commission d'études {group} le pouvoir d'examiner ce projet aux fins "
            "d'approbation (raisons ci-jointes)"
        ),
    ),
    addressee="Au Directeur du Bureau de la normalisation des télécommunications, Genève",
    sender="De:",
    salutation="Madame, Monsieur,",
    closing="Veuillez agréer l'expression de ma haute considération.",
    administration="Administration de",
    date="Date:",
    cover="Veuillez trouver ci-joint la réponse de notre Administration à la Circulaire TSB "
    "{number}.",
    comments="Observations de notre Administration sur le texte de {designation}: le paragraphe "
    "6.2 devrait préciser l'option retenue.",
)

_SPANISH = Wording(
    annex=("Anexo 2", "ANEXO 2 (a la Circular TSB {number})", "Anexo B"),
    subject=(
        "Respuesta de un Estado Miembro a la Circular TSB {number}",
        "Asunto: Respuesta a la Circular TSB {number}, consulta a los Estados Miembros",
    ),
    opening=(
        (
            "En respuesta a la consulta anunciada en la Circular TSB {number}, esta Administración "
            "desea comunicar su opinión sobre cada uno de los proyectos de Recomendación."
        ),
        (
            "Con referencia a la Circular TSB {number}, tengo el honor de remitirle la opinión de "
            "nuestra Administración sobre los textos siguientes."
        ),
    ),
    new=(
        "Proyecto de nueva Recomendación {designation}",
        "Proyecto de nueva Rec. UIT-T {designation}",
    ),
    revised=(
        "Proyecto de Recomendación revisada {designation}",
        "Proyecto de revisión de la Rec. UIT-T {designation}",
    ),
    former=(" (ex {name})", " (antes {name})", " (anteriormente {name})"),
    select=("Marque una de las dos casillas", "Opinión (márquese lo que proceda)", "Elija una"),
    assigns=(
        (
            "autoriza a la Comisión de Estudio {group} a examinar este texto para su aprobación (en "
            "ese caso, elija una de las dos opciones):"
        ),
        (
            "otorga autoridad a la CE {group} del UIT-T para considerar la aprobación del texto "
            "(marque una):"
        ),
        (
            "confiere a la Comisión de Estudio {group} la facultad de examinar este proyecto con miras "
            "a su aprobación; en tal caso, elija:"
        ),
    ),
    no_comments=(
        "Sin comentarios ni modificaciones propuestas",
        "No hay comentarios ni cambios sugeridos",
        "Ningún comentario ni propuesta de cambio",
    ),
    comments_attached=(
        "Se adjuntan comentarios y modificaciones propuestas",
        "Comentarios y cambios sugeridos adjuntos",
        "Se anexan comentarios y propuestas de cambio",
    ),
    does_not_assign=(
        (
            "no autoriza a la Comisión de Estudio {group} a examinar este texto para su aprobación (se "
            "adjuntan los motivos y un resumen de los cambios que permitirían avanzar)"
        ),
        (
            "no otorga autoridad a la CE {group} del UIT-T para considerar la aprobación del texto "
            "(motivos adjuntos)"
        ),
        (
            "no confiere a la Comisión de Estudio {group} la facultad de examinar este proyecto con "
            "miras a su aprobación (se adjuntan las razones)"
        ),
    ),
    addressee="Al Director de la Oficina de Normalización de las Telecomunicaciones, Ginebra",
    sender="De:",
    salutation="Muy señor mío/Muy señora mía:",
    closing="Le saluda atentamente,",
    administration="Administración de",
    date="Fecha:",
    cover="Se adjunta la respuesta de nuestra Administración a la Circular TSB {number}.",
    comments="Comentarios de nuestra Administración sobre el texto de {designation}: la cláusula "
    "6.2 debería precisar la opción aplicable.",
)

_RUSSIAN = Wording(
    annex=("Приложение 2", "ПРИЛОЖЕНИЕ 2 (к Циркуляру {number} БСЭ)", "Приложение B"),
    subject=(
        "Ответ Государства-Члена на Циркуляр {number} БСЭ",
        "Предмет: Ответ на Циркуляр {number} БСЭ, консультации с Государствами-Членами",
    ),
    opening=(
        (
            "В ответ на консультации, объявленные в Циркуляре {number} БСЭ, наша администрация "
            "сообщает свое мнение по каждому из проектов Рекомендаций."
        ),
        (
            "Ссылаясь на Циркуляр {number} БСЭ, имею честь сообщить мнение нашей администрации, "
            "изложенное ниже."
        ),
    ),
    new=("Проект новой Рекомендации {designation}", "Проект новой Рек. МСЭ-Т {designation}"),
    revised=(
        "Проект пересмотренной Рекомендации {designation}",
        "Проект пересмотра Рек. МСЭ-Т {designation}",
    ),
    former=(" (ранее {name})", " (бывш. {name})", " (прежнее название {name})"),
    select=("Отметьте одну из двух клеток", "Мнение (отметить нужное)", "Выберите один вариант"),
    assigns=(
        (
            "предоставляет {group}-й Исследовательской комиссии полномочия рассмотреть этот текст "
            "для утверждения (в этом случае выберите один из двух вариантов):"
        ),
        (
            "уполномочивает ИК{group} МСЭ-Т рассмотреть вопрос об утверждении текста (выберите один "
            "вариант):"
        ),
        (
            "наделяет {group}-ю Исследовательскую комиссию полномочиями рассмотреть этот проект с "
            "целью утверждения; выберите:"
        ),
    ),
    no_comments=(
        "Комментариев или предложений по изменению нет",
        "Без замечаний и предлагаемых изменений",
        "Замечания и предложения об изменениях отсутствуют",
    ),
    comments_attached=(
        "Комментарии и предложения по изменению прилагаются",
        "Замечания и предлагаемые изменения приложены",
        "Прилагаются замечания и предложения об изменениях",
    ),
    does_not_assign=(
        (
            "не предоставляет {group}-й Исследовательской комиссии полномочия рассмотреть этот текст "
            "для утверждения (причины и описание возможных изменений прилагаются)"
        ),
        (
            "не уполномочивает ИК{group} МСЭ-Т рассмотреть вопрос об утверждении текста (причины "
            "прилагаются)"
        ),
        (
            "не наделяет {group}-ю Исследовательскую комиссию полномочиями рассмотреть этот проект с "
            "целью утверждения (обоснование прилагается)"
        ),
    ),
    addressee="Директору Бюро стандартизации электросвязи, Женева",
    sender="От:",
    salutation="Уважаемая госпожа, уважаемый господин,",
    closing="С уважением,",
    administration="Администрация",
    date="Дата:",
    cover="Направляем ответ нашей администрации на Циркуляр {number} БСЭ.",
    comments="Замечания нашей администрации по тексту {designation}: в пункте 6.2 следует указать "
    "применимый вариант.",
)

_ARABIC = Wording(
    annex=("الملحق 2", "الملحق 2 (بالرسالة المعممة {number} لمكتب تقييس الاتصالات)"),
    subject=(
        "رد دولة عضو على الرسالة المعممة {number} لمكتب تقييس الاتصالات",
        "الموضوع: الرد على الرسالة المعممة {number} لمكتب تقييس الاتصالات",
    ),
    opening=(
        (
            "رداً على التشاور المعلن في الرسالة المعممة {number} لمكتب تقييس الاتصالات، تود هذه الإدارة "
            "أن تبدي رأيها بشأن كل مشروع من مشاريع التوصيات على النحو التالي."
        ),
        (
            "إشارة إلى الرسالة المعممة {number} لمكتب تقييس الاتصالات، أتشرف بإبلاغكم برأي إدارتنا "
            "الوارد أدناه."
        ),
    ),
    new=("مشروع توصية جديدة {designation}", "مشروع التوصية الجديدة ITU-T {designation}"),
    revised=("مشروع توصية مراجعة {designation}", "مشروع مراجعة التوصية ITU-T {designation}"),
    former=(" ({name} سابقاً)", " (سابقاً {name})"),
    select=("يرجى وضع علامة في أحد المربعين", "الرأي (اختر واحداً)"),
    assigns=(
        (
            "تفوض لجنة الدراسات {group} سلطة النظر في هذا النص للموافقة عليه (في هذه الحالة، اختر أحد "
            "الخيارين):"
        ),
        "تخول لجنة الدراسات {group} لقطاع تقييس الاتصالات النظر في الموافقة على النص (اختر واحداً):",
    ),
    no_comments=("لا توجد تعليقات ولا تعديلات مقترحة", "بدون تعليقات أو تغييرات مقترحة"),
    comments_attached=("مرفق تعليقات وتعديلات مقترحة", "التعليقات والتغييرات المقترحة مرفقة"),
    does_not_assign=(
        (
            "لا تفوض لجنة الدراسات {group} سلطة النظر في هذا النص للموافقة عليه (مرفق الأسباب وموجز "
            "للتغييرات الممكنة)"
        ),
        (
            "لا تخول لجنة الدراسات {group} لقطاع تقييس الاتصالات النظر في الموافقة على النص (الأسباب "
            "مرفقة)"
        ),
    ),
    addressee="إلى: مدير مكتب تقييس الاتصالات، جنيف",
    sender="من:",
    salutation="تحية طيبة وبعد،",
    closing="وتفضلوا بقبول فائق الاحترام،",
    administration="إدارة",
    date="التاريخ:",
    cover="نرفق طيه رد إدارتنا على الرسالة المعممة {number} لمكتب تقييس الاتصالات.",
    comments="تعليقات إدارتنا على نص {designation}: ينبغي أن يحدد البند 6.2 الخيار المنطبق.",
    right_to_left=True,
)

_CHINESE = Wording(
    annex=("附件2", "附件2（电信标准化局第{number}号通函）", "附件 B"),
    subject=(
        "成员国对电信标准化局第{number}号通函的答复",
        "事由：对电信标准化局第{number}号通函的答复，成员国磋商",
    ),
    opening=(
        "针对电信标准化局第{number}号通函所宣布的磋商，本主管部门谨就各建议书草案表明意见如下。",
        "关于电信标准化局第{number}号通函，现将我主管部门对下列案文的意见函告如下。",
    ),
    new=("新建议书草案 {designation}", "ITU-T {designation} 新建议书草案"),
    revised=("经修订的建议书草案 {designation}", "ITU-T {designation} 建议书修订草案"),
    former=("（原 {name}）", "（前称 {name}）", " (原{name})"),
    select=("请勾选两个方框之一", "意见（请勾选）", "请选择一项"),
    assigns=(
        "授权第{group}研究组审议批准该案文（在此情况下，请从以下两项中选择一项）：",
        "赋予ITU-T第{group}研究组审议本案文以供批准的权力（请选一项）：",
    ),
    no_comments=("没有意见或修改建议", "无任何意见或建议的修改"),
    comments_attached=("附上意见和修改建议", "意见和建议的修改见附件"),
    does_not_assign=(
        "不授权第{group}研究组审议批准该案文（附理由及有助于工作进展的可能修改的概述）",
        "不赋予ITU-T第{group}研究组审议本案文以供批准的权力（随附理由）",
    ),
    addressee="致：电信标准化局主任，日内瓦",
    sender="自：",
    salutation="尊敬的女士/先生：",
    closing="此致敬礼",
    administration="主管部门：",
    date="日期：",
    cover="随函附上我主管部门对电信标准化局第{number}号通函的答复。",
    comments="我主管部门对{designation}案文的意见：第6.2条应说明适用的选项。",
)

#: ISO 639-1 code -> its wordings.
WORDINGS: Final = MappingProxyType(
    {
        "en": _ENGLISH,
        "fr": _FRENCH,
        "es": _SPANISH,
        "ru": _RUSSIAN,
        "ar": _ARABIC,
        "zh": _CHINESE,
    }
)

#: How often a language is met.
_WEIGHTS = {"en": 8, "fr": 4, "es": 3, "ru": 2, "ar": 2, "zh": 2}


def a_language(chance: random.Random, among: tuple[str, ...] = tuple(_WEIGHTS)) -> str:
    """A language, English more often than the others."""
    return chance.choices(among, [_WEIGHTS[each] for each in among])[0]
