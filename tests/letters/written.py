"""One letter in each of the ten languages, as it would be kept: short, with a reference, a number, a name and words of the resident's in it."""

from typing import Any

SENDER = ["Alder Homes", "Alder House, Mill Street", "Thornby", "TH4 0ZZ"]
REFERENCE = "7K4Q M2XD R"
ADDRESS = ["14 Quarry Bank", "Thornby", "TH4 0ZZ"]


def letter(title: str, to: str, date: str, signed: list[str], said: list[str], quoted: str, items: list[str], owed: tuple[str, str, str]) -> dict[str, Any]:
    """A kept letter of these words: two paragraphs, a heading, the resident's words, a list, and one thing owed."""
    greeting, first, heading, last = said
    what, by, who = owed
    return {
        "title": title, "to": [to], "sender": SENDER, "signed": [*signed, "0808 157 0193"], "date": date, "reference": REFERENCE,
        "blocks": [
            {"kind": "text", "text": greeting}, {"kind": "said", "text": first}, {"kind": "heading", "text": heading}, {"kind": "quoted", "text": quoted},
            {"kind": "list", "items": items}, {"kind": "actions", "rows": [{"what": what, "by": by, "who": who}]}, {"kind": "text", "text": last},
        ],
    }  # fmt: skip


LETTERS = {
    "en": letter(
        "Our answer to your complaint", "Samira Haddad", "Wednesday 3 June 2026", ["Yours sincerely,", "Priya Raman", "Complaints officer, Alder Homes"],
        ["Dear Samira Haddad,", "You were right to complain. We are sorry.\n\nYour reference is 7K4Q M2XD R. Ring 0808 157 0192.", "The roof",
         "The Housing Ombudsman is free. Go to www.housing-ombudsman.org.uk, or write to PO Box 1484, Unit D, Preston, PR2 0ET."],
        "Rain has come in since February. It’s “wet” – and cold.", ["We will mend the roof", "We offer you £350"], ("Pay £350", "Wednesday 17 June 2026", "Priya Raman"),
    ),
    "cy": letter(
        "Ein hateb i’ch cwyn", "Siân Llŷr", "dydd Mercher, 3 Mehefin 2026", ["Yn gywir,", "Priya Raman", "Swyddog cwynion, Alder Homes"],
        ["Annwyl Siân Llŷr,", "Roeddech yn iawn i gwyno. Mae’n ddrwg gennym.\n\nFfoniwch 0808 157 0192.", "Y to a’r dŵr", "Ewch i www.housing-ombudsman.org.uk."],
        "Mae’r dŵr yn dod i mewn i’r tŷ.", ["Byddwn yn trwsio’r to", "Cynigiwn £350"], ("Talu £350", "dydd Mercher, 17 Mehefin 2026", "Priya Raman"),
    ),
    "pl": letter(
        "Odpowiedź na Twoją skargę", "Łucja Żółć", "środa, 3 czerwca 2026", ["Z poważaniem,", "Priya Raman", "Specjalistka do spraw skarg, Alder Homes"],
        ["Szanowna Pani,", "Miała Pani rację, składając skargę. Przepraszamy.\n\nProszę zadzwonić: 0808 157 0192.", "Dach", "Strona: www.housing-ombudsman.org.uk."],
        "Od lutego przecieka dach. Źle się tu śpi.", ["Naprawimy dach", "Proponujemy £350"], ("Zapłata £350", "środa, 17 czerwca 2026", "Priya Raman"),
    ),
    "ro": letter(
        "Răspunsul nostru la plângerea dumneavoastră", "Ștefan Țăranu", "miercuri, 3 iunie 2026", ["Cu stimă,", "Priya Raman", "Responsabil cu plângerile, Alder Homes"],
        ["Stimate domnule Țăranu,", "Ați avut dreptate să vă plângeți. Ne pare rău.\n\nSunați la 0808 157 0192.", "Acoperișul", "Vedeți www.housing-ombudsman.org.uk."],
        "Plouă în casă din februarie.", ["Vom repara acoperișul", "Vă oferim £350"], ("Plata a £350", "miercuri, 17 iunie 2026", "Priya Raman"),
    ),
    "so": letter(
        "Jawaabteenna cabashadaada", "Cabdi Xasan", "Arbaco, Juun 3, 2026", ["Daacadnimo,", "Priya Raman", "Sarkaalka cabashooyinka, Alder Homes"],
        ["Cabdi Xasan,", "Waad ku saxnayd inaad cabato. Waan ka xunnahay.\n\nNaga soo wac 0808 157 0192.", "Saqafka", "Eeg www.housing-ombudsman.org.uk."],
        "Roobku wuu soo galayaa ilaa Febraayo.", ["Waanu dayactiri doonnaa saqafka", "Waxaan ku siinaynaa £350"], ("Bixinta £350", "Arbaco, Juun 17, 2026", "Priya Raman"),
    ),
    "tr": letter(
        "Şikâyetinize yanıtımız", "Işıl Çağrı", "3 Haziran 2026 Çarşamba", ["Saygılarımızla,", "Priya Raman", "Şikâyet görevlisi, Alder Homes"],
        ["Sayın Işıl Çağrı,", "Şikâyet etmekte haklıydınız. Özür dileriz.\n\n0808 157 0192 numarasını arayın.", "Çatı", "İnternet: www.housing-ombudsman.org.uk."],
        "Şubattan beri çatı akıyor. Oda ıslak.", ["Çatıyı onaracağız", "Size £350 öneriyoruz"], ("£350 ödeme", "17 Haziran 2026 Çarşamba", "Priya Raman"),
    ),
    "ar": letter(
        "ردنا على شكواك", "سميرة حداد", "الأربعاء، 3 يونيو 2026", ["مع خالص التحية،", "Priya Raman", "مسؤولة الشكاوى"],
        ["عزيزتي سميرة حداد،", "كان من حقك أن تشتكي. نحن آسفون.\n\nرقمك المرجعي هو 7K4Q M2XD R واتصلي بنا على 0808 157 0192 أو اكتبي إلينا.", "السقف",
         "موقع أمين المظالم هو www.housing-ombudsman.org.uk والهاتف 0300 111 3000."],
        "المطر يدخل من السقف منذ فبراير.", ["إصلاح السقف", "سندفع لك £350"], ("دفع £350", "الأربعاء، 17 يونيو 2026", "Priya Raman"),
    ),
    "ur": letter(
        "آپ کی شکایت پر ہمارا جواب", "سمیرا حداد", "بدھ، 3 جون، 2026", ["آپ کا مخلص،", "Priya Raman", "شکایات افسر"],
        ["محترمہ سمیرا حداد،", "آپ کی شکایت درست تھی۔ ہم معذرت خواہ ہیں۔\n\nہمیں 0808 157 0192 پر فون کریں۔", "چھت", "ویب سائٹ www.housing-ombudsman.org.uk دیکھیں۔"],
        "فروری سے چھت سے بارش کا پانی آ رہا ہے۔ کمرہ ٹھنڈا ہے اور دیواروں پر پھپھوندی ہے۔", ["چھت کی مرمت", "ہم آپ کو £350 ادا کریں گے"], ("£350 ادا کرنا", "بدھ، 17 جون، 2026", "Priya Raman"),
    ),
    "bn": letter(
        "আপনার অভিযোগের উত্তর", "সামিরা হাদ্দাদ", "বুধবার, ৩ জুন, ২০২৬", ["আপনার বিশ্বস্ত,", "Priya Raman", "অভিযোগ কর্মকর্তা, Alder Homes"],
        ["প্রিয় সামিরা হাদ্দাদ,", "আপনার অভিযোগ ঠিক ছিল। আমরা দুঃখিত। কর্তৃপক্ষ জ্ঞান ও ক্ষেত্র অনুযায়ী র‍্যাম্প মেরামত করবে।\n\nফোন করুন 0808 157 0192।", "ছাদ", "দেখুন www.housing-ombudsman.org.uk।"],
        "ফেব্রুয়ারি থেকে ছাদ দিয়ে বৃষ্টির পানি পড়ছে।", ["আমরা ছাদ মেরামত করব", "আমরা £350 দেব"], ("£350 প্রদান", "বুধবার, ১৭ জুন, ২০২৬", "Priya Raman"),
    ),
    "pa": letter(
        "ਤੁਹਾਡੀ ਸ਼ਿਕਾਇਤ ਦਾ ਜਵਾਬ", "ਸਮੀਰਾ ਹੱਦਾਦ", "ਬੁੱਧਵਾਰ, 3 ਜੂਨ 2026", ["ਤੁਹਾਡਾ ਵਿਸ਼ਵਾਸਪਾਤਰ,", "Priya Raman", "ਸ਼ਿਕਾਇਤ ਅਫ਼ਸਰ, Alder Homes"],
        ["ਪਿਆਰੇ ਸਮੀਰਾ ਹੱਦਾਦ,", "ਤੁਹਾਡੀ ਸ਼ਿਕਾਇਤ ਸਹੀ ਸੀ। ਸਾਨੂੰ ਅਫ਼ਸੋਸ ਹੈ। ਪ੍ਰਬੰਧ ਅਤੇ ਸ੍ਰੀ ਜੀ।\n\nਫ਼ੋਨ ਕਰੋ 0808 157 0192।", "ਛੱਤ", "ਦੇਖੋ www.housing-ombudsman.org.uk।"],
        "ਫਰਵਰੀ ਤੋਂ ਛੱਤ ਵਿੱਚੋਂ ਮੀਂਹ ਦਾ ਪਾਣੀ ਆ ਰਿਹਾ ਹੈ।", ["ਅਸੀਂ ਛੱਤ ਦੀ ਮੁਰੰਮਤ ਕਰਾਂਗੇ", "ਅਸੀਂ £350 ਦੇਵਾਂਗੇ"], ("£350 ਦਾ ਭੁਗਤਾਨ", "ਬੁੱਧਵਾਰ, 17 ਜੂਨ 2026", "Priya Raman"),
    ),
}  # fmt: skip


def lines_of(body: dict[str, Any]) -> list[str]:
    """Every line of a kept letter."""
    found = [*body["sender"], body["date"], body["reference"], *body["to"], body["title"]]
    for block in body["blocks"]:
        found += block.get("items", ())
        found += [words for row in block.get("rows", ()) for words in (row["what"], row["by"], row["who"])]
        found += [line for line in block.get("text", "").split("\n") if line]
    return [*found, *body["signed"]]
