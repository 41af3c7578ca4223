"""The words of Turkish invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="tr",
    labels={
        "invoice_number": {
            3: "fatura no|fatura numarası|fatura nu|belge no|fatura sıra no|e-fatura no|irsaliye fatura no",
        },
        "invoice_date": {
            3: "fatura tarihi|düzenleme tarihi|düzenlenme tarihi|belge tarihi|fatura tarih",
            1: "tarih",
        },
        "due_date": {
            3: "son ödeme|son ödeme tarihi|vade tarihi|vade|ödeme tarihi",
        },
        "delivery_date": {
            3: "teslim tarihi|fiili sevk tarihi|sevk tarihi|irsaliye tarihi",
        },
        "period": {
            3: "dönem|fatura dönemi",
        },
        "purchase_order": {
            3: "sipariş no|sipariş numarası|sipariş",
        },
        "contract_reference": {
            3: "sözleşme no",
        },
        "preceding_invoice": {
            3: "iade edilen fatura|iade fatura no|ilgili fatura|iadeye konu fatura",
        },
        "payment_terms": {
            3: "ödeme koşulları|ödeme şekli|ödeme şartları",
        },
        "currency": {
            3: "para birimi|döviz cinsi",
        },
        "iban": {
            3: "hesap no|banka hesabı|iban no",
        },
        "vat_id": {
            3: "vkn|vergi no|vergi numarası|vergi kimlik no|tckn|vergi kimlik numarası|v.k.n.",
        },
        "seller": {
            3: "satıcı|düzenleyen|gönderen|tedarikçi",
        },
        "buyer": {
            3: "sayın|alıcı|müşteri|müşteri adı|fatura adresi|alıcı bilgileri",
        },
        "ship_to": {
            3: "teslimat adresi|sevk adresi|teslim adresi",
        },
        "payee": {
            3: "hesap sahibi|lehdar",
        },
        "party_name": {
            3: "unvan|ticaret unvanı|adı soyadı",
        },
        "party_address": {
            3: "adres",
        },
        "subtotal": {
            3: """
                kdv matrahı|matrah|vergi matrahı|ara toplam net|kdv hariç toplam|vergiler hariç toplam|net tutar|
                toplam matrah
            """,
        },
        "line_total": {
            3: "mal hizmet toplam tutarı|mal hizmet toplamı|mal ve hizmet toplam tutarı|brüt toplam",
        },
        "tax_amount": {
            3: """
                hesaplanan kdv|toplam kdv|kdv tutarı|hesaplanan katma değer vergisi|kdv toplamı|
                hesaplanan kdv tutarı
            """,
            2: "kdv",
        },
        "total_amount": {
            3: """
                vergiler dahil toplam tutar|genel toplam|vergiler dahil toplam|kdv dahil toplam|toplam tutar|
                fatura tutarı|kdv dahil tutar
            """,
            2: "toplam|ara toplam",
        },
        "amount_due": {
            3: "ödenecek tutar|ödenecek toplam tutar|ödenecek|net ödenecek tutar|kalan tutar|bakiye",
        },
        "amount_paid": {
            3: "ödenen|ödenen tutar|avans|peşinat",
        },
        "discount_total": {
            3: "toplam iskonto|iskonto tutarı|iskonto toplamı|toplam indirim",
            2: "iskonto|indirim",
        },
        "charge_total": {
            3: "kargo|nakliye|kargo ücreti",
        },
        "withholding_amount": {
            3: "tevkifat|kdv tevkifat|hesaplanan kdv tevkifatı|stopaj|tevkif edilen kdv",
        },
        "rounding": {
            3: "yuvarlama",
        },
        "vendor_phone": {
            3: "tel|telefon",
        },
        "other": {
            3: """
                vergi dairesi|senaryo|fatura tipi|özelleştirme no|ettn|irsaliye no|mersis no|mersis|
                ticaret sicil no|web sitesi|banka|müşteri no|yalnız|sayfa|faks
            """,
        },
    },
    titles={
        "invoice": "fatura|e-fatura|e-arşiv fatura|satış faturası|proforma fatura|irsaliyeli fatura|efatura",
        "credit": "iade faturası|alacak dekontu",
    },
    columns={
        "line_number": "sıra|sıra no|no",
        "description": """
            mal hizmet|mal hizmet cinsi|açıklama|ürün|ürün adı|malzeme hizmet açıklaması|cinsi|hizmet|
            mal hizmet açıklaması
        """,
        "quantity": "miktar|adet|mik",
        "unit": "birim|br",
        "unit_price": "birim fiyat|fiyat|birim fiyatı|b. fiyat",
        "discount_percent": "iskonto oranı|iskonto %|indirim oranı|isk %",
        "discount": "iskonto tutarı|iskonto|indirim tutarı|indirim",
        "tax_rate": "kdv oranı|kdv %|kdv|kdv orani",
        "tax_amount": "kdv tutarı",
        "amount": "mal hizmet tutarı|tutar|tutarı|toplam|net tutar|mal hizmet tutari|matrah",
        "amount_gross": "kdv dahil tutar|toplam tutar",
        "item_code": "stok kodu|ürün kodu|kod|mal kodu",
    },
    total_rows=(
        r"toplam|ara toplam|genel toplam|kdv|hesaplanan|odenecek|mal hizmet toplam|matrah|vergiler|"
        r"iskonto|tevkifat|yalniz|yuvarlama"
    ),
    reductions=r"iskonto|indirim",
    net=r"haric|net|matrah",
    gross=r"dahil|brut",
    legal_forms=r"A\.\s?Ş|LTD\.? ŞTİ|Ltd\.? Şti|Koll\. Şti|Tic\. A\.Ş|San\. ve Tic|AŞ",
    streets=r"sokak|sok|sk|cadde|caddesi|cad|bulvarı|blv|mahallesi|mah|mh|osb|sitesi|apt|kat|no",
    addressed=r"sayın",
    attention=r"sayın\b|dikkatine",
    debit=r"otomatik ödeme|hesabınızdan",
    referring=r"iade|ilgili",
    dated=r"tarihli",
    days=r"gün",
    until=r"kadar|en geç",
    paying=r"öde|vade",
    early=r"iskonto|gecikme|faiz",
    headings="sayfa kopya teşekkür",
)
