"""Notes of absence, receipts and other automatic answers, as programs word and mark them."""

from collections.abc import Mapping, Sequence

#: What Exchange and Outlook put before the subject that they answer, and words after it.
EXCHANGE: Mapping[str, tuple[str, str]] = {
    "English": ("Automatic reply", "I am out of the office until 4 May."),
    "French": ("Réponse automatique", "Je suis absent du bureau jusqu'au 4 mai."),
    "Spanish": ("Respuesta automática", "Estoy fuera de la oficina hasta el 4 de mayo."),
    "Russian": ("Автоматический ответ", "Я в отпуске до 4 мая."),
    "Chinese": ("自动答复", "我正在休假，5月4日返回。"),
    "Traditional Chinese": ("自動回覆", "本人休假中。"),
    "Arabic": ("رد تلقائي", "أنا خارج المكتب حتى 4 مايو."),
    "German": ("Automatische Antwort", "Ich bin bis zum 4. Mai nicht im Büro."),
    "Portuguese": ("Resposta automática", "Estou fora do escritório até 4 de maio."),
    "Italian": ("Risposta automatica", "Sono fuori ufficio fino al 4 maggio."),
    "Dutch": ("Automatisch antwoord", "Ik ben tot 4 mei afwezig."),
    "Polish": ("Odpowiedź automatyczna", "Jestem poza biurem do 4 maja."),
    "Turkish": ("Otomatik yanıt", "4 Mayıs'a kadar izindeyim."),
    "Japanese": ("自動応答", "5月4日まで不在にしております。"),
    "Korean": ("자동 회신", "5월 4일까지 부재중입니다."),
    "Swedish": ("Automatiskt svar", "Jag är inte på kontoret förrän den 4 maj."),
    "Norwegian": ("Automatisk svar", "Jeg er ikke på kontoret før 4. mai."),
    "Danish": ("Automatisk svar", "Jeg er ikke på kontoret før den 4. maj."),
    "Finnish": ("Automaattinen vastaus", "Olen poissa toimistolta 4. toukokuuta asti."),
    "Czech": ("Automatická odpověď", "Do 4. května nejsem v kanceláři."),
    "Hungarian": ("Automatikus válasz", "Május 4-ig nem vagyok az irodában."),
    "Greek": ("Αυτόματη απάντηση", "Απουσιάζω από το γραφείο έως τις 4 Μαΐου."),
    "Ukrainian": ("Автоматична відповідь", "Я у відпустці до 4 травня."),
    "Romanian": ("Răspuns automat", "Sunt plecat din birou până pe 4 mai."),
    "Hebrew": ("תשובה אוטומטית", "אני מחוץ למשרד עד 4 במאי."),
    "Farsi": ("پاسخ خودکار", "تا ۴ مه در دفتر نیستم."),
    "Vietnamese": ("Trả lời tự động", "Tôi vắng mặt đến ngày 4 tháng 5."),
    "Thai": ("การตอบกลับอัตโนมัติ", "ไม่อยู่ที่สำนักงานจนถึงวันที่ 4 พฤษภาคม"),
    "Indonesian": ("Balasan otomatis", "Saya tidak di kantor sampai 4 Mei."),
}
#: Other programs: subject, fields that mark it, words.
OTHERS: Mapping[str, tuple[str, Sequence[tuple[str, str]], str]] = {
    "Sieve vacation": (
        "Auto: {subject}",
        [("Auto-Submitted", "auto-replied (vacation)"), ("Precedence", "bulk")],
        "I am away.",
    ),
    "vacation of old": (
        "away from my mail",
        [("Precedence", "junk"), ("Return-Path", "<>")],
        "I will not be reading my mail for a while.",
    ),
    "Gmail": (
        "Re: {subject}",
        [("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"), ("X-Autoreply", "yes")],
        "I am on leave until 4 May.",
    ),
    "cPanel": (
        "Away",
        [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")],
        "Gone fishing.",
    ),
    "Zimbra": (
        "Re: {subject}",
        [("Auto-Submitted", "auto-replied (zimbra; vacation)"), ("Precedence", "bulk")],
        "Absent.",
    ),
    "Domino": (
        "AUTO: The focal point is out of the office (returning 4 May)",
        [("Auto-Submitted", "auto-generated"), ("Return-Path", "<>")],
        "I am out of the office until 4 May.",
    ),
    "GroupWise": (
        "Re: {subject}",
        [("Auto-Submitted", "auto-replied"), ("X-Mailer", "GroupWise")],
        "I am out of the office.",
    ),
    "a ticket system": (
        "[Ticket#2026-0409] {subject}",
        [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "DR, OOF, AutoReply")],
        "We have received your message and shall answer it soon.",
    ),
    "a ticket system of old": (
        "[#123] {subject}",
        [("X-Autorespond", "yes"), ("Precedence", "auto_reply")],
        "Your request was received.",
    ),
    "a challenge": (
        "Please confirm your message",
        [("Auto-Submitted", "auto-replied"), ("Return-Path", "<>")],
        "To reach this mailbox, answer this message.",
    ),
}
