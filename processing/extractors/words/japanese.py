"""The words of Japanese invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="ja",
    labels={
        "invoice_number": {
            3: "請求番号|請求書番号|請求書no|請求no|伝票番号|領収書番号|納品書番号|管理番号",
        },
        "invoice_date": {
            3: "発行日|請求日|請求書発行日|作成日|領収日",
            1: "日付",
        },
        "due_date": {
            3: "お支払期限|支払期限|お支払い期限|支払期日|振込期限|お振込期限|お支払期日|支払日",
        },
        "delivery_date": {
            3: "納品日|納入日|取引日|取引年月日",
        },
        "period": {
            3: "対象期間|請求期間|利用期間",
        },
        "purchase_order": {
            3: "注文番号|発注番号|ご注文番号|注文書番号",
        },
        "payment_terms": {
            3: "支払条件|お支払条件|お支払方法|支払方法",
        },
        "currency": {
            3: "通貨",
        },
        "iban": {
            3: "口座番号",
        },
        "vat_id": {
            3: "登録番号|適格請求書発行事業者登録番号|インボイス登録番号|法人番号",
        },
        "seller": {
            3: "発行者|請求元|販売者|発行元",
        },
        "buyer": {
            3: "請求先|お客様名|ご請求先|宛先|請求先名",
        },
        "ship_to": {
            3: "納品先|お届け先|納入先",
        },
        "payee": {
            3: "口座名義|振込先名義",
        },
        "party_name": {
            3: "会社名|名称|氏名",
        },
        "party_address": {
            3: "住所|所在地",
        },
        "subtotal": {
            3: "小計|税抜金額|税抜合計|小計税抜|税抜小計|合計税抜",
        },
        "tax_amount": {
            3: "消費税|消費税額|消費税等|消費税合計|うち消費税|内消費税|消費税額合計",
        },
        "total_amount": {
            3: "合計金額|総額|税込合計|総合計|税込金額|合計税込|請求金額合計|総計",
            2: "合計",
        },
        "amount_due": {
            3: "ご請求金額|請求金額|ご請求額|今回請求額|請求額|差引請求額|差引支払額|お支払金額|今回ご請求額|御請求額|御請求金額",
        },
        "amount_paid": {
            3: "ご入金額|入金額|前受金|内金|前払金",
        },
        "discount_total": {
            2: "値引|割引|値引き",
        },
        "charge_total": {
            3: "送料|配送料",
        },
        "withholding_amount": {
            3: "源泉徴収税|源泉徴収|源泉所得税|源泉徴収税額",
        },
        "previous_balance": {
            3: "前回請求額|繰越金額|前回残高|繰越残高",
        },
        "vendor_phone": {
            3: "電話番号|電話",
        },
        "other": {
            3: "お振込先|振込先|担当|担当者|備考|件名|軽減税率対象|頁",
        },
    },
    titles={
        "invoice": "請求書|御請求書|ご請求書|領収書|適格請求書|請求明細書|納品請求書|請求書兼領収書",
        "credit": "返品伝票|返還請求書|赤伝票|適格返還請求書|マイナス請求書",
    },
    columns={
        "description": "品名|品目|摘要|内容|項目|商品名|品番品名|件名|明細",
        "item_code": "品番|商品コード",
        "quantity": "数量",
        "unit": "単位",
        "unit_price": "単価",
        "amount": "金額|税抜金額|小計|価格",
        "tax_rate": "税率|消費税率",
        "tax_amount": "消費税|税額",
        "amount_gross": "税込金額",
    },
    total_rows=r"小計|合計|消費税|総合計|総額|税込|うち|内消費税|源泉",
    reductions=r"値引|割引",
    net=r"税抜",
    gross=r"税込",
    legal_forms=r"株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人",
    attention=r"御中|様$|殿$",
    debit=r"口座振替|自動引落",
)
