"""A circular that never was, in the six languages, and what it comes to.

The subject, Annex 1 and the form name the three texts each in another order, as real circulars do.
"""

import datetime as dt
from typing import Final

from bot.consultation.circular import Circular, DraftText, Meeting, Revision

ENGLISH: Final = """\
TSB Circular 233
Geneva, 2 August 2027
Ref:\tTSB Circular 233
\tSG13/XY
E-mail:\ttsbsg13@itu.int
To:\tAdministrations of Member States of the Union
Subject:\tMember State consultation on Determined draft Recommendations ITU-T Q.4102, ITU-T Y.3901 \
(ex  Y.qn- arch) and X.1771 (ex Y.data-gov), proposed for approval at the meeting of ITU-T Study \
Group 13 (Geneva, 28 October - 6 November 2027)

Dear Sir/Madam,
1\tITU-T Study Group 13 (SG13: Future networks and emerging network technologies) intends to apply \
the Traditional Approval Procedure at its next meeting in Geneva, from 28 October to 6 November 2027.
2\tMember States are requested to return the form in Annex 2 by 2359 hours UTC on 15 October 2027.
Yours faithfully,

ANNEX 1
Summary and location of Determined draft Recommendations ITU-T Q.4102 and others
1\tDraft new Recommendation ITU-T Y.3901 (ex Y.qn-arch) (SG13-R41)
Architecture of a network of sensors
Summary
Recommendation ITU-T Y.qn-arch specifies an architecture.
2\tDraft revised Recommendation ITU-T Q.4102 (SG13-R42)
Signalling of slices
Summary
This Recommendation is revised.
TSB NOTE – As of the date of this Circular, two IPR statements had been received by TSB.
3\tDraft new Recommendation ITU-T X.1771 (ex Y.data-gov) (SG13-R43)
Governance of data
Summary
This Recommendation governs.

ANNEX 2
Subject: Member State response to TSB Circular 233:
To:\tDirector of the Telecommunication Standardization Bureau
E-mail:\ttsbdir@itu.int
Draft new Recommendation ITU-T X.1771 (ex Y.data-gov)
assigns authority to ITU-T Study Group 13 to consider this text for approval:
No comments or suggested changes
Comments and suggested changes are attached
does not assign authority to ITU-T Study Group 13 (reasons are attached)
Draft revised Recommendation ITU-T Q.4102
assigns authority to ITU-T Study Group 13 to consider this text for approval:
No comments or suggested changes
Comments and suggested changes are attached
does not assign authority to ITU-T Study Group 13 (reasons are attached)
Draft new Recommendation ITU-T Y.3901 (ex Y.qn-arch)
assigns authority to ITU-T Study Group 13 to consider this text for approval:
No comments or suggested changes
Comments and suggested changes are attached
does not assign authority to ITU-T Study Group 13 (reasons are attached)
International Telecommunication Union • E-mail: itumail@itu.int • www.itu.int
"""

FRENCH: Final = """\
Genève, le 2 août 2027
Réf.:\tCirculaire TSB 233
E-mail:\ttsbsg13@itu.int
Objet:\tConsultation des États Membres au sujet des projets de Recommandation déterminés UIT-T Q.4102, \
UIT-T Y.3901 (ex Y.qn-arch) et UIT-T X.1771 (ex Y.data-gov), qu'il est proposé d'approuver lors de la \
réunion de la Commission d'études 13 de l'UIT-T (Genève, 28 octobre – 6 novembre 2027)

Madame, Monsieur,
1\tLa Commission d'études 13 de l'UIT-T (CE 13: Réseaux futurs et technologies de réseau émergentes) \
a l'intention d'appliquer la procédure d'approbation traditionnelle lors de sa prochaine réunion.
2\tLes États Membres sont invités à renvoyer le formulaire de l'Annexe 2 au plus tard le \
15 octobre 2027 à 23 h 59 UTC.
Veuillez agréer, Madame, Monsieur, l'assurance de ma haute considération.

ANNEXE 1
Résumés et emplacement des projets de Recommandation déterminés UIT-T Q.4102 et autres
1\tProjet de nouvelle Recommandation UIT-T Y.3901 (ex Y.qn-arch) (SG13-R41)
Architecture d'un réseau de capteurs
Résumé
La présente Recommandation spécifie une architecture.
2\tProjet de Recommandation révisée UIT-T Q.4102 (SG13-R42)
Signalisation des tranches
Résumé
La présente Recommandation est révisée.
NOTE DU TSB – À la date de la présente Circulaire, deux déclarations avaient été reçues par le TSB.
3\tProjet de nouvelle Recommandation UIT-T X.1771 (ex Y.data-gov) (SG13-R43)
Gouvernance des données
Résumé
La présente Recommandation gouverne.

ANNEXE 2
Objet: Réponse des États Membres à la Circulaire TSB 233:
Au:\tDirecteur du Bureau de la normalisation des télécommunications
E-mail:\ttsbdir@itu.int
Projet de nouvelle Recommandation UIT-T X.1771 (ex Y.data-gov)
autorise la Commission d'études 13 de l'UIT-T à examiner ce texte en vue de son approbation:
Pas de commentaire ni de proposition de modification
Commentaires et propositions de modification joints à la présente
n'autorise pas la Commission d'études 13 de l'UIT-T à examiner ce texte
Projet de Recommandation révisée UIT-T Q.4102
autorise la Commission d'études 13 de l'UIT-T à examiner ce texte en vue de son approbation:
Pas de commentaire ni de proposition de modification
Commentaires et propositions de modification joints à la présente
n'autorise pas la Commission d'études 13 de l'UIT-T à examiner ce texte
Projet de nouvelle Recommandation UIT-T Y.3901 (ex Y.qn-arch)
autorise la Commission d'études 13 de l'UIT-T à examiner ce texte en vue de son approbation:
Pas de commentaire ni de proposition de modification
Commentaires et propositions de modification joints à la présente
n'autorise pas la Commission d'études 13 de l'UIT-T à examiner ce texte
"""

SPANISH: Final = """\
Ginebra, 2 de agosto de 2027
Ref.:\tCircular TSB 233
Correo-e:\ttsbsg13@itu.int
Asunto:\tConsulta a los Estados Miembros sobre los proyectos de Recomendación determinados UIT-T Q.4102, \
UIT-T Y.3901 (ex Y.qn-arch) y UIT-T X.1771 (ex Y.data-gov), cuya aprobación se propone en la reunión \
de la Comisión de Estudio 13 del UIT-T (Ginebra, 28 de octubre – 6 de noviembre de 2027)

Muy Señora mía/Muy Señor mío:
1\tLa Comisión de Estudio 13 del UIT-T (CE 13: Redes futuras y tecnologías de red emergentes) tiene \
la intención de aplicar el procedimiento de aprobación tradicional en su próxima reunión.
2\tSe ruega a los Estados Miembros que devuelvan el formulario del Anexo 2 antes de las 23.59 horas \
UTC del 15 de octubre de 2027.
Le saluda muy atentamente,

ANEXO 1
Resúmenes y ubicación de los proyectos de Recomendación determinados UIT-T Q.4102 y otros
1\tProyecto de nueva Recomendación UIT-T Y.3901 (ex Y.qn-arch) (SG13-R41)
Arquitectura de una red de sensores
Resumen
Esta Recomendación especifica una arquitectura.
2\tProyecto de Recomendación revisada UIT-T Q.4102 (SG13-R42)
Señalización de segmentos
Resumen
Esta Recomendación se ha revisado.
NOTA DE LA TSB – En la fecha de la presente Circular, la TSB había recibido dos declaraciones.
3\tProyecto de nueva Recomendación UIT-T X.1771 (ex Y.data-gov) (SG13-R43)
Gobernanza de los datos
Resumen
Esta Recomendación gobierna.

ANEXO 2
Asunto: Respuesta de los Estados Miembros a la Circular TSB 233:
Para:\tDirector de la Oficina de Normalización de las Telecomunicaciones
Correo-e:\ttsbdir@itu.int
Proyecto de nueva Recomendación UIT-T X.1771 (ex Y.data-gov)
autoriza a la Comisión de Estudio 13 del UIT-T a examinar este texto con miras a su aprobación:
Sin comentarios ni cambios propuestos
Se adjuntan comentarios y cambios propuestos
no autoriza a la Comisión de Estudio 13 del UIT-T a examinar este texto
Proyecto de Recomendación revisada UIT-T Q.4102
autoriza a la Comisión de Estudio 13 del UIT-T a examinar este texto con miras a su aprobación:
Sin comentarios ni cambios propuestos
Se adjuntan comentarios y cambios propuestos
no autoriza a la Comisión de Estudio 13 del UIT-T a examinar este texto
Proyecto de nueva Recomendación UIT-T Y.3901 (ex Y.qn-arch)
autoriza a la Comisión de Estudio 13 del UIT-T a examinar este texto con miras a su aprobación:
Sin comentarios ni cambios propuestos
Se adjuntan comentarios y cambios propuestos
no autoriza a la Comisión de Estudio 13 del UIT-T a examinar este texto
"""

RUSSIAN: Final = """\
Женева, 2 августа 2027 года
Осн.:\tЦиркуляр 233 БСЭ
Эл. почта:\ttsbsg13@itu.int
Предмет:\tКонсультации с Государствами-Членами по проектам Рекомендаций МСЭ-T Q.4102, МСЭ-T Y.3901 \
(ранее Y.qn-arch) и МСЭ-T X.1771 (ранее Y.data-gov), которые предлагаются для утверждения на собрании \
13-й Исследовательской комиссии МСЭ-Т (Женева, 28 октября – 6 ноября 2027 года)

Уважаемая госпожа/уважаемый господин,
1\t13-я Исследовательская комиссия МСЭ-Т (ИК13: Будущие сети и появляющиеся сетевые технологии) \
намерена применить традиционную процедуру утверждения на своем следующем собрании.
2\tГосударствам-Членам предлагается вернуть форму, приведенную в Приложении 2, не позднее 23 час. \
59 мин. UTC 15 октября 2027 года.
С уважением,

ПРИЛОЖЕНИЕ 1
Резюме и место размещения проектов Рекомендаций МСЭ-T Q.4102 и других
1\tПроект новой Рекомендации МСЭ-T Y.3901 (ранее Y.qn-arch) (SG13-R41)
Архитектура сети датчиков
Резюме
В настоящей Рекомендации определяется архитектура.
2\tПроект пересмотренной Рекомендации МСЭ-T Q.4102 (SG13-R42)
Сигнализация сегментов
Резюме
Настоящая Рекомендация пересмотрена.
ПРИМЕЧАНИЕ БСЭ. – На дату настоящего Циркуляра в БСЭ поступило два заявления о правах.
3\tПроект новой Рекомендации МСЭ-T X.1771 (ранее Y.data-gov) (SG13-R43)
Управление данными
Резюме
Настоящая Рекомендация управляет.

ПРИЛОЖЕНИЕ 2
Предмет: Ответ Государств-Членов на Циркуляр 233 БСЭ:
Кому:\tДиректору Бюро стандартизации электросвязи
Эл. почта:\ttsbdir@itu.int
Проект новой Рекомендации МСЭ-T X.1771 (ранее Y.data-gov)
предоставляет 13-й Исследовательской комиссии МСЭ-Т полномочия рассмотреть данный текст:
Замечаний или предлагаемых изменений нет
Замечания и предлагаемые изменения прилагаются
не предоставляет 13-й Исследовательской комиссии МСЭ-Т полномочия рассмотреть данный текст
Проект пересмотренной Рекомендации МСЭ-T Q.4102
предоставляет 13-й Исследовательской комиссии МСЭ-Т полномочия рассмотреть данный текст:
Замечаний или предлагаемых изменений нет
Замечания и предлагаемые изменения прилагаются
не предоставляет 13-й Исследовательской комиссии МСЭ-Т полномочия рассмотреть данный текст
Проект новой Рекомендации МСЭ-T Y.3901 (ранее Y.qn-arch)
предоставляет 13-й Исследовательской комиссии МСЭ-Т полномочия рассмотреть данный текст:
Замечаний или предлагаемых изменений нет
Замечания и предлагаемые изменения прилагаются
не предоставляет 13-й Исследовательской комиссии МСЭ-Т полномочия рассмотреть данный текст
"""

ARABIC: Final = """\
جنيف، 2 أغسطس 2027
المرجع:\tالرسالة المعممة 233 لمكتب تقييس الاتصالات
البريد الإلكتروني:\ttsbsg13@itu.int
الموضوع:\tالتشاور مع الدول الأعضاء بشأن مشاريع التوصيات المحددة ITU-T Q.4102 وITU-T Y.3901 \
(Y.qn-arch سابقاً) وITU-T X.1771 (Y.data-gov سابقاً)، المقترح الموافقة عليها في اجتماع لجنة \
الدراسات 13 لقطاع تقييس الاتصالات (جنيف، 28 أكتوبر - 6 نوفمبر 2027)

حضرات السادة والسيدات، تحية طيبة وبعد،
1\tتعتزم لجنة الدراسات 13 لقطاع تقييس الاتصالات (لجنة الدراسات 13: شبكات المستقبل وتكنولوجيات \
الشبكات الناشئة) تطبيق إجراء الموافقة التقليدية في اجتماعها المقبل.
2\tيرجى من الدول الأعضاء إعادة الاستمارة الواردة في الملحق 2 في موعد أقصاه الساعة 23:59 بالتوقيت \
العالمي المنسق يوم ١٥ أكتوبر ٢٠٢٧.
وتفضلوا بقبول فائق التقدير والاحترام.

الملحـق 1
ملخصات ومواقع مشاريع التوصيات المحددة ITU-T Q.4102 وغيرها
1\tمشروع التوصية الجديدة ITU-T Y.3901 (Y.qn-arch سابقاً) (SG13-R41)
معمارية شبكة أجهزة الاستشعار
ملخص
تحدد هذه التوصية معمارية.
2\tمشروع التوصية المراجعة ITU-T Q.4102 (SG13-R42)
تشوير الشرائح
ملخص
هذه التوصية مراجعة.
ملاحظة من مكتب تقييس الاتصالات – تلقى المكتب بيانين حتى تاريخ هذه الرسالة المعممة.
3\tمشروع التوصية الجديدة ITU-T X.1771 (Y.data-gov سابقاً) (SG13-R43)
إدارة البيانات
ملخص
تدير هذه التوصية.

الملحـق 2
الموضوع: رد الدول الأعضاء على الرسالة المعممة 233 لمكتب تقييس الاتصالات:
إلى:\tمدير مكتب تقييس الاتصالات
البريد الإلكتروني:\ttsbdir@itu.int
مشروع التوصية الجديدة ITU-T X.1771 (Y.data-gov سابقاً)
تفوض لجنة الدراسات 13 لقطاع تقييس الاتصالات للنظر في هذا النص بغية الموافقة عليه:
لا توجد تعليقات أو تغييرات مقترحة
مرفق طيه تعليقات وتغييرات مقترحة
لا تفوض لجنة الدراسات 13 لقطاع تقييس الاتصالات للنظر في هذا النص
مشروع التوصية المراجعة ITU-T Q.4102
تفوض لجنة الدراسات 13 لقطاع تقييس الاتصالات للنظر في هذا النص بغية الموافقة عليه:
لا توجد تعليقات أو تغييرات مقترحة
مرفق طيه تعليقات وتغييرات مقترحة
لا تفوض لجنة الدراسات 13 لقطاع تقييس الاتصالات للنظر في هذا النص
مشروع التوصية الجديدة ITU-T Y.3901 (Y.qn-arch سابقاً)
تفوض لجنة الدراسات 13 لقطاع تقييس الاتصالات للنظر في هذا النص بغية الموافقة عليه:
لا توجد تعليقات أو تغييرات مقترحة
مرفق طيه تعليقات وتغييرات مقترحة
لا تفوض لجنة الدراسات 13 لقطاع تقييس الاتصالات للنظر في هذا النص
"""

CHINESE: Final = """\
2027年8月2日，日内瓦
文号：\t电信标准化局第233号通函
电子邮件：\ttsbsg13@itu.int
事由：\t就拟提交ITU-T第13研究组会议（日内瓦，2027年10月28日至11月6日）批准的已确定的ITU-T Q.4102、\
ITU-T Y.3901（原Y.qn-arch）和ITU-T X.1771（原Y.data-gov）建议书草案与成员国进行的磋商

尊敬的先生/女士：
1\tITU-T第13研究组（第13研究组：未来网络和新兴网络技术）打算在其下次会议上采用传统批准程序。
2\t请成员国在2027年10月15日23时59分（UTC）之前填妥并交回附件2中的表格。
顺致敬意！

附件1
已确定的ITU-T Q.4102等建议书草案的摘要和位置
1\tITU-T Y.3901（原Y.qn-arch）新建议书草案（SG13-R41）
传感器网络的架构
摘要
本建议书规定了一种架构。
2\tITU-T Q.4102建议书修订草案（SG13-R42）
切片的信令
摘要
本建议书已修订。
电信标准化局注 – 截至本通函发布之日，电信标准化局已收到两份声明。
3\tITU-T X.1771（原Y.data-gov）新建议书草案（SG13-R43）
数据治理
摘要
本建议书进行治理。

附件2
事由：成员国对电信标准化局第233号通函的回复：
致：\t电信标准化局主任
电子邮件：\ttsbdir@itu.int
ITU-T X.1771（原Y.data-gov）新建议书草案
授权ITU-T第13研究组审议批准该案文：
无意见或修改建议
附上意见和修改建议
不授权ITU-T第13研究组审议批准该案文
ITU-T Q.4102建议书修订草案
授权ITU-T第13研究组审议批准该案文：
无意见或修改建议
附上意见和修改建议
不授权ITU-T第13研究组审议批准该案文
ITU-T Y.3901（原Y.qn-arch）新建议书草案
授权ITU-T第13研究组审议批准该案文：
无意见或修改建议
附上意见和修改建议
不授权ITU-T第13研究组审议批准该案文
"""

CIRCULARS: Final = {
    "en": ENGLISH,
    "fr": FRENCH,
    "es": SPANISH,
    "ru": RUSSIAN,
    "ar": ARABIC,
    "zh": CHINESE,
}

#: Place, title of the study group, titles in the order of the form, note on IPR statements.
_WORDS: Final = {
    "en": (
        "Geneva",
        "Future networks and emerging network technologies",
        ("Governance of data", "Signalling of slices", "Architecture of a network of sensors"),
        "TSB NOTE – As of the date of this Circular, two IPR statements had been received by TSB.",
    ),
    "fr": (
        "Genève",
        "Réseaux futurs et technologies de réseau émergentes",
        (
            "Gouvernance des données",
            "Signalisation des tranches",
            "Architecture d'un réseau de capteurs",
        ),
        (
            "NOTE DU TSB – À la date de la présente Circulaire, deux déclarations avaient été reçues "
            "par le TSB."
        ),
    ),
    "es": (
        "Ginebra",
        "Redes futuras y tecnologías de red emergentes",
        (
            "Gobernanza de los datos",
            "Señalización de segmentos",
            "Arquitectura de una red de sensores",
        ),
        (
            "NOTA DE LA TSB – En la fecha de la presente Circular, la TSB había recibido dos "
            "declaraciones."
        ),
    ),
    "ru": (
        "Женева",
        "Будущие сети и появляющиеся сетевые технологии",
        ("Управление данными", "Сигнализация сегментов", "Архитектура сети датчиков"),
        "ПРИМЕЧАНИЕ БСЭ. – На дату настоящего Циркуляра в БСЭ поступило два заявления о правах.",
    ),
    "ar": (
        "جنيف",
        "شبكات المستقبل وتكنولوجيات الشبكات الناشئة",
        ("إدارة البيانات", "تشوير الشرائح", "معمارية شبكة أجهزة الاستشعار"),
        "ملاحظة من مكتب تقييس الاتصالات – تلقى المكتب بيانين حتى تاريخ هذه الرسالة المعممة.",
    ),
    "zh": (
        "日内瓦",
        "未来网络和新兴网络技术",
        ("数据治理", "切片的信令", "传感器网络的架构"),
        "电信标准化局注 – 截至本通函发布之日，电信标准化局已收到两份声明。",
    ),
}


def expected(language: str) -> Circular:
    """What the circular of that language comes to, by hand."""
    place, group, (governance, signalling, architecture), note = _WORDS[language]
    return Circular(
        number=233,
        study_group=13,
        study_group_title=group,
        date=dt.date(2027, 8, 2),
        deadline=dt.datetime(2027, 10, 15, 23, 59, tzinfo=dt.UTC),
        meeting=Meeting(
            place=place, first_day=dt.date(2027, 10, 28), last_day=dt.date(2027, 11, 6)
        ),
        reply_address="tsbdir@itu.int",
        contact_address="tsbsg13@itu.int",
        texts=(
            DraftText(
                designation="X.1771",
                former_name="Y.data-gov",
                revision=Revision.NEW,
                title=governance,
                document="SG13-R43",
            ),
            DraftText(
                designation="Q.4102",
                former_name=None,
                revision=Revision.REVISED,
                title=signalling,
                document="SG13-R42",
                ipr_note=note,
            ),
            DraftText(
                designation="Y.3901",
                former_name="Y.qn-arch",
                revision=Revision.NEW,
                title=architecture,
                document="SG13-R41",
            ),
        ),
    )
