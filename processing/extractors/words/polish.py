"""The words of Polish invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="pl",
    labels={
        "purchase_order": {
            3: """
                po nr|numer zamowienia|nr zamowienia|zamowienie nr|zamówienie|zamówienie klienta|
                nr zamówienia klienta|do zamówienia|państwa zamówienie
            """,
        },
        "vat_id": {
            3: "vat nr|nip|nr nip|nip ue|vat ue|regon",
        },
        "invoice_number": {
            3: """
                faktura vat nr|numer faktury|nr faktury|faktura numer|rachunek nr|faktura korygujaca nr|faktura korygujaca vat nr|
                numer dokumentu|nr dokumentu|faktura nr|faktura vat numer|nr rachunku faktury|nota korygująca nr|
                faktura zaliczkowa nr
            """,
            1: "numer",
        },
        "invoice_date": {
            3: """
                data wystawienia|data faktury|wystawiono dnia|data wystawienia faktury|data dokumentu|
                wystawiona dnia|data wystawienia dokumentu|miejsce i data wystawienia
            """,
        },
        "due_date": {
            3: """
                termin platnosci|termin zaplaty|platne do|płatność do|zapłata do|termin zapłaty do|
                termin płatności do|zapłacić do|płatne w terminie do
            """,
        },
        "delivery_date": {
            3: """
                data sprzedazy|data dostawy|data wykonania uslugi|data dokonania dostawy|data zakończenia dostawy|
                data wykonania|data sprzedaży dostawy
            """,
        },
        "period": {
            3: "okres rozliczeniowy|za okres|okres rozliczenia",
        },
        "contract_reference": {
            3: "numer umowy|nr umowy|umowa nr",
        },
        "payment_terms": {
            3: "warunki platnosci|sposób zapłaty|forma płatności|warunki zapłaty",
        },
        "currency": {
            3: "waluta|waluta faktury",
        },
        "iban": {
            3: """
                numer konta|nr konta|rachunek bankowy|nr rachunku|numer rachunku|nr rachunku bankowego|
                konto bankowe|konto
            """,
        },
        "seller": {
            3: "sprzedawca|wystawca|dane sprzedawcy",
            1: "nadawca",
        },
        "buyer": {
            3: "nabywca|kupujący|dane nabywcy|klient|płatnik|usługobiorca",
            2: "m s",
        },
        "ship_to": {
            3: "odbiorca|adres dostawy|miejsce dostawy|odbiorca towaru",
        },
        "party_name": {
            3: "nazwa|nazwa firmy|firma",
        },
        "subtotal": {
            3: """
                razem netto|suma netto|kwota netto|wartosc netto razem|wartość netto|razem wartość netto|
                netto razem|suma wartości netto|podstawa opodatkowania
            """,
            2: "suma",
        },
        "tax_amount": {
            3: "razem vat|kwota vat|kwota podatku vat|suma vat|vat razem|wartość vat|podatek",
            2: "podatek vat",
        },
        "total_amount": {
            3: """
                razem brutto|suma brutto|naleznosc ogolem|kwota brutto|wartosc brutto razem|wartość brutto|
                razem do zapłaty brutto|ogółem brutto|suma wartości brutto|brutto razem|kwota należności|
                wartość faktury
            """,
            2: "razem|ogolem|suma|brutto",
        },
        "amount_due": {
            3: """
                do zaplaty|pozostalo do zaplaty|razem do zaplaty|kwota do zaplaty|pozostaje do zapłaty|należność|
                kwota pozostała do zapłaty|do zwrotu|pozostało
            """,
        },
        "amount_paid": {
            3: """
                zaplacono|zapłacono gotówką|wpłacono|zapłacona kwota|zaliczka|otrzymana zaliczka|
                rozliczona zaliczka
            """,
        },
        "discount_total": {
            3: "kwota rabatu|rabat łącznie",
            2: "rabat|upust",
        },
        "rounding": {
            3: "zaokraglenie",
        },
        "other": {
            3: """
                strona|sposob platnosci|słownie|nr klienta|numer klienta|bank|nr partii|telefon|uwagi|sporządził|
                wydał|odebrał
            """,
        },
        "preceding_invoice": {
            3: "do faktury|do faktury nr|faktura korygowana|dotyczy faktury|korekta do faktury|korekta faktury",
        },
        "payment_reference": {
            3: "tytuł przelewu|tytułem",
        },
        "payee": {
            3: "posiadacz rachunku|odbiorca przelewu",
        },
        "party_address": {
            3: "siedziba",
        },
        "charge_total": {
            3: "koszty wysyłki|koszt dostawy|koszty transportu|opłata transportowa",
        },
        "previous_balance": {
            3: "saldo poprzednie|poprzednie saldo|zaległości",
        },
    },
    titles={
        "invoice": """
            faktura|faktura vat|faktura sprzedaży|rachunek|faktura proforma|faktura zaliczkowa|faktura końcowa|
            paragon
        """,
        "credit": "faktura korygujaca|korekta faktury|nota kredytowa",
        "reminder": """
            przypomnienie|wezwanie do zaplaty|monit|upomnienie|przypomnienie o platnosci|
            ostateczne wezwanie do zaplaty|przedsadowe wezwanie do zaplaty
        """,
        "statement": """
            wyciag z konta|zestawienie naleznosci|potwierdzenie salda|wyciag|zestawienie nierozliczonych faktur
        """,
        "delivery_note": "dokument dostawy|list przewozowy|dowod dostawy|dokument wz|wydanie zewnetrzne|wz",
        "order": "zamowienie|potwierdzenie zamowienia",
        "quote": "oferta|oferta cenowa|wycena|kosztorys",
        "remittance": "potwierdzenie przelewu|awizo platnosci|potwierdzenie platnosci",
        "terms": "ogolne warunki sprzedazy|warunki sprzedazy|regulamin|ows",
    },
    columns={
        "line_number": "lp|l.p",
        "item_code": "indeks|kod|symbol|pkwiu|kod produktu",
        "description": """
            trasa|relacja|od do|
            nazwa|nazwa towaru|nazwa towaru uslugi|nazwa towaru lub uslugi|opis|towar|usluga|nazwa uslugi|
            przedmiot|wyszczególnienie|nazwa produktu|nazwa artykułu
        """,
        "quantity": "ilosc|ilosc jm|liczba|ilość szt|il|liczba godzin",
        "unit": "uom|einh|u m|un|jm|j m|jednostka|jedn|jedn miary|miara",
        "unit_price": """
            cena|cena netto|cena jedn|cena jednostkowa|cena jednostkowa netto|cena jedn netto|cena netto zł|
            cena za szt|cena jm|cena jednostkowa bez podatku
        """,
        "unit_price_gross": "cena brutto|cena jednostkowa brutto|cena brutto po rabacie|cena brutto zł",
        "discount_percent": "rabat %|upust %|rab %",
        "discount": "rabat|wartosc rabatu",
        "tax_rate": "stawka|stawka vat|vat [%]|stawka podatku|st vat|% vat",
        "tax_amount": "kwota vat|wart vat|wartość vat|podatek vat|kwota podatku",
        "amount": """
            wartosc|wartosc netto|kwota netto|kwota|razem|razem netto|suma|wartość netto zł|wart netto|
            wartość sprzedaży netto|wartość bez podatku
        """,
        "amount_gross": """
            wartosc brutto|kwota brutto|razem brutto|wart brutto|wartość sprzedaży brutto|wartość z podatkiem
        """,
    },
    total_rows=(
        r"razem|w tym|suma|do zaplaty|naleznosc|ogolem|zaplacono|pozostaje|podsumowanie|wartosc netto|"
        r"wartosc brutto|kwota vat"
    ),
    reductions=r"rabat|opust|upust|znizka",
    net=r"netto|bez",
    gross=r"brutto|z podatkiem",
    legal_forms=(
        r"Sp\.\s?z\s?o\.?\s?o|sp\.\s?z\s?o\.?\s?o|Sp\.\s?j|Sp\.\s?k|S\.A|sp\.\s?j|P\.?P\.?H\.?U|"
        r"s\.c"
    ),
    streets=r"ulica|ul|aleja|al|plac|pl|osiedle|os|skr\. poczt",
    addressed=r"sz\. ?p\.?|pan|pani",
    attention=r"sz\. ?p|do rąk",
    debit=r"polecenie zapłaty|z (?:państwa|pana|twojego) konta|obciąż",
    referring=r"do|korygowan\w+|dotyczy|nr",
    dated=r"z dnia|dnia|z",
    days=r"dni",
    until=r"do dnia|do",
    paying=r"płat|platn|zapłat|zaplat",
    early=r"rabat|skonto|odset",
    headings="oryginał kopia strona dziękujemy",
)
