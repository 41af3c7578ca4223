"""The words of English invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="en",
    labels={
        "invoice_number": {
            3: """
                invoice number|invoice no|invoice nr|invoice num|invoice #|invoice id|inv no|inv #|inv number|
                statement no|statement number|invoice n|tax invoice no|tax invoice number|tax invoice #|
                bill number|bill no|bill #|receipt number|receipt no|receipt #|rcpt no|rcpt #|credit note number|
                credit note no|credit note #|credit memo no|credit memo number|credit memo #|invoice reference|
                invoice ref|slip no|cash bill no|cash memo no|folio no|folio number|debit note no|debit note number|d n no|tax inv no|vat invoice no|vat invoice number|
                bill of supply no|no & date of invoice|no and date of invoice|credit no|credit number|tax invoice nr
            """,
            2: """
                ticket n|ticket no|ticket number|document number|document no|your invoice number|trans no|
                transaction no|receipt id|reference number|invoice code|doc no|doc number|doc #|
                freight bill number|freight bill no|pro number|pro no|document nr|ticket nr
            """,
            1: "number|reference no",
        },
        "invoice_date": {
            3: """
                invoice date|date of invoice|date of issue|issue date|issued on|date issued|tax invoice date|
                bill date|billing date|inv date|invoice dt|invoice dated|document date|doc date|receipt date|
                credit note date|credit date|credit memo date|invoice issue date|invoice issued|issued at|
                date of bill|date of credit note
            """,
            2: "dated|issued|transaction date|trans date|tax point|tax point date",
            1: "date|datetime|date time",
        },
        "due_date": {
            3: """
                due date|payment by|payment due date|date due|payment due by|payment due on|due on|due by|pay by|pay before|
                payable by|please pay by|payment deadline|invoice due date|due date of payment|please remit until|
                please remit by|to be paid before|to be paid by|amount due on|total amount due on|amount due by|
                balance due on|latest payment date
            """,
            2: "due|payment due|net due",
            1: "payment date",
        },
        "delivery_date": {
            3: """
                delivery date|date of delivery|date of supply|supply date|service date|date of service|ship date|
                shipping date|date shipped
            """,
        },
        "period": {
            3: """
                billing period|service period|invoice period|period covered|statement period|for the period|
                for the billing period
            """,
            2: "period",
        },
        "document_reference": {
            3: """
                booking no|reservation no|confirmation no|booking id|booking number|sales order no|so no|
                confirmation number|reservation number
            """,
        },
        "purchase_order": {
            3: """
                po number|po no|lpo no|lpo number|po #|p o number|p o no|p o #|purchase order|purchase order no|
                purchase order number|purchase order #|your order|your order no|your order number|your order ref|
                customer po|cust po|customer po no|customer po number|customer order no|customer order number|
                client po|customer order|po ref|po reference|your po|buyer's order no|buyer's order number|
                buyers order no|buyer order no|po reference no|order reference no
            """,
            2: "po|order reference|order ref|p o",
            1: "order number|order no|order nr|order",
        },
        "contract_reference": {
            3: "contract no|contract number|contract ref|contract reference|contract #",
        },
        "buyer_reference": {
            3: """
                your reference|your ref|customer reference|customer ref|buyer reference|buyer ref|client reference|
                client ref
            """,
            1: "reference|ref",
        },
        "payment_reference": {
            3: """
                payment reference|payment ref|reference for payment|payment communication|structured communication|
                reference to quote
            """,
        },
        "payment_terms": {
            3: "payment terms|payment term|terms of payment|zahlungsbedingungen",
            2: "terms",
        },
        "currency": {
            3: "currency|invoice currency|document currency|all amounts in|all amounts are in|all prices in",
        },
        "iban": {
            3: """
                iban no|iban nummer|iban number|iban code|bank account|bank account number|account number iban|
                no iban
            """,
        },
        "bic": {
            3: "bic|bic code|swift|swift code|bic swift|swift bic|swift bic code|bic swift code",
        },
        "vendor_email": {
            3: "email|e mail|mail|mailto|email address",
        },
        "vendor_phone": {
            3: "phone|phone no|tel no|ph|call|mobile|tel nr|contact no|hp|office|phone number|tel number",
        },
        "vat_id": {
            3: """
                vat no|vat number|vat reg no|vat registration number|vat registration no|vat registration|vat reg|
                vat id|vat id no|vat identification number|tax id|tax id no|tax number|tax no|tin|tin no|ein|
                federal tax id|fein|federal id|employer identification number|gst no|gst reg no|gst id|gst id no|
                gst number|gst registration no|gst registration number|gst hst no|gst hst number|gstin|gstin no|
                gstin uin|abn|acn|uen|uen no|gst reg|sst no|sst id|sst reg no|tax registration no|
                tax registration number|trn|vat momsnr|a b n
            """,
        },
        "seller": {
            3: """
                seller|vendor|supplier|landlord|lessor|sold by|service provider|issued by|billed by|bill from|invoice from|
                invoiced by|seller name|vendor name|supplier name|seller details|vendor details|supplier details|
                our details
            """,
            2: "from|remit to|remit payment to|please remit to",
        },
        "buyer": {
            3: """
                bill to|billed to|credit to|credited to|invoice to|invoiced to|sold to|buyer|purchaser|
                bill to address|billing address|invoice address|customer name|billing to|billed party|charge to|
                recipient|client name|name of customer|customer details|billing details|bill to name|buyer bill to|
                bill to party|invoice recipient|tenant|lessee|insured|policyholder|patient|
                for account & risk of messrs|for account and risk of messrs|invoiced party|customer bill to|customer address
            """,
            2: "customer|client|attn|attention|messrs|invoice for|addressee|account holder address",
            1: "to",
        },
        "ship_to": {
            3: """
                ship to|deliver to|delivery address|shipping address|shipped to|ship to address|consignee|
                delivered to|shipping to|consignee ship to|ship to party|deliver to address|place of delivery|
                delivery to|goods to
            """,
        },
        "other_party": {
            3: "payee|tax representative|account name|bank details|agent|notify party|shipper|carrier",
        },
        "payee": {
            3: """
                make checks payable to|make cheques payable to|make all checks payable to|
                make all cheques payable to|payable to|cheques payable to|checks payable to|in favor of|
                in favour of|account holder|beneficiary|beneficiary name|account title|name of account|
                please make payment to|pay to|pay to the order of|account in the name of|in the name of|
                beneficiary account name|name on account
            """,
        },
        "party_name": {
            3: "name|company|company name|trading name|legal name|business name",
        },
        "party_address": {
            3: "address|registered office|registered address|postal address",
        },
        "subtotal": {
            3: """
                total excl vat|total excluding vat|total ex vat|total ex gst|total excl gst|total excluding gst|
                total excl tax|total before tax|amount before tax|taxable amount|total taxable|
                total taxable amount|net total|total net|net amount|net invoice amount|net amt|nett amt|
                nett amount|total net amount|total without vat|subtotal excl vat|subtotal ex vat|amount excl vat|
                net invoice total|total exc vat|total exc gst|total excluding tax|goods total ex vat|
                total without tax|total vat exclusive|taxable value|total taxable value|net invoice value|
                sub total excl gst|net value|total sales excluding gst|total sales excl gst|subtotal excluding gst|
                subtotal less discount|sub total less discount|total less discount|subtotal after discount|
                net after discount
            """,
            2: """
                subtotal|sub total|sub total amount|subtotal amount|total before gst|total amount before tax|
                total ex|net
            """,
        },
        "line_total": {
            3: "total lines|items subtotal|item subtotal|merchandise total|goods total",
        },
        "tax_amount": {
            3: """
                total tax|total vat|total gst|vat amount|tax amount|vat total|tax total|gst amount|gst total|
                total sales tax|total tax amount|total vat amount|total sst|sst amount
            """,
            2: """
                tax|vat|gst|cgst|sgst|igst|utgst|output cgst|output sgst|output igst|sales tax|hst|pst|qst|sst|
                service tax|insurance premium tax|premium tax|consumption tax|state tax|add vat|add gst|tax vat
            """,
        },
        "total_amount": {
            3: """
                grand total|invoice total|total amount|total incl vat|total including vat|total inc vat|
                total incl gst|total inc gst|total including gst|total inclusive of gst|total incl tax|
                total including tax|gross total|total gross|gross amount|invoice amount|total invoice amount|
                total invoice|total for this invoice|order total|bill total|total price|total with tax|
                total inclusive gst|total sales inclusive of gst|total invoice value|total bill amount|
                invoice value|nett total|total inclusive|total amount incl vat|total amount inc gst|
                total sales inclusive gst|total sales incl gst|total amt|round total|rounded total|
                total rounded|total after rounding|total rounding|total after tax|amount incl vat|
                total sales inclusive sst|amount incl gst|amount incl tax|amount inclusive of gst|
                amount including gst|amount inc gst|total amt rounded|total amount rounded|total incl gst payable|
                amount including vat|total vat inclusive|total with vat|gesamtpramie|total credit|credit total|
                total credit amount|gross due|total charges|total new charges|new charges|current charges|
                total current charges|charges this period
            """,
            2: "total|sum|jumlah|gross|total payable|bruttosum|tot|total usd|total eur",
        },
        "amount_due": {
            3: """
                amount due|total due|balance due|total amount due|due payable|amount payable|net payable|
                amount owing|amount to pay|balance payable|amount outstanding|pay this amount|total amount payable|
                balance outstanding|outstanding balance|total balance due|total balance|amount now due|
                total payable amount|please pay this amount|amount now payable|net amount due|total to be paid|
                final amount due|due this invoice|total charges due|current payment due|total to pay|total payable
            """,
            2: "balance|outstanding|please pay|due amount",
        },
        "amount_paid": {
            3: """
                amount paid|paid amount|payment received|less paid|deposit paid|less deposit|prepaid amount|
                advance paid|less payments|less payment|less retainer|retainer applied|deposit received|less deposit received|advance received|
                payments received|paid to date|total paid|total payments|less advance|
                already paid|paid by card|paid by|paid with|paid in cash|paid by visa|card payment|payment by card|
                paid online|settled by card
            """,
            2: "paid|payments|deposit|prepayment|advance|received with thanks",
        },
        "discount_total": {
            3: """
                total discount|total discounts|discount total|discount amount|trade discount|volume discount|
                special discount|document level allowance|allowances
            """,
            2: "discount|promotion|coupon|voucher|less discount|credits|discounts",
        },
        "charge_total": {
            3: """
                total shipping|shipping and handling|shipping handling|shipping charges|shipping cost|
                shipping costs|delivery charge|delivery charges|freight charges|service charge|postage and packing|
                fuel surcharge|document level charge|packing and delivery
            """,
            2: "shipping|freight|delivery|postage|handling|carriage|surcharge",
        },
        "rounding": {
            3: """
                rounding|rounding adj|rounding adjustment|round off|roundoff|rounding amount|rounding adjust|
                rounding amt|round adj|rnd adj|bill rounding|cash rounding|rounding difference
            """,
        },
        "other": {
            3: """
                order date|print date|printed on|printed|date printed|account number|account no|account #|acct no|
                a c no|customer number|customer no|customer id|customer #|customer code|cust no|client no|
                client number|client id|code client|delivery note|delivery note no|delivery no|do no|sales order|
                quote no|quotation|quote number|page|page no|fax|fax no|facsimile|sort code|branch|branch code|
                routing number|routing no|aba|rea|cin|pan|ifsc|ifsc code|check in|check out|checkin|checkout|
                arrival|departure|booking date|reservation|cashier|cashier no|table|table no|terminal|terminal id|
                till|till no|counter|pos no|member|member no|gln|supplier no|vendor no|vendor number|vendor id|
                supplier number|ansprechpartner|contact|contact person|bearbeiter|abteilung|department|
                geschaftsfuhrer|geschaftsfuhrerin|geschaftsf|geschaftsfuhrung|serial number|serial no|lot|batch|
                tracking number|tracking no|awb|exp date|expiry date|valid until|validity|version|subject|
                bemerkungen|notes|note|project|project no|job no|job number|versandart|lieferbedingungen|incoterm|
                incoterms|zahlungsart|payment method|payment mode|payment type|co reg no|company no|company reg no|
                company registration no|registration no|reg no|roc no|business reg no|co no|total items|total item|
                total qty|total quantity|item count|no of items|total weight|gross weight|net weight|total pages|
                total savings|you saved|total points|cash|change|change due|accepted total|cash tendered|tendered|
                amount tendered|visa|mastercard|credit card|debit card|card|tax code|tax summary|gst summary|
                gst code|tax rate|vat rate|rate|previous balance|last payment|opening balance|exchange rate|
                wechselkurs|total hours|subscription|meter|salesperson|sales person|salesman|sales rep|
                representative|website|web|www|url|internet|our reference|our ref|vor ref|subscriber|policy no|
                policy number|vertragskonto|mandate reference|birthday|date of birth|store|store no|shop|outlet|
                machine|operator|served by|server|time
            """,
        },
        "preceding_invoice": {
            3: """
                original invoice|original invoice no|original invoice number|corrects invoice|credit for invoice|
                against invoice|against invoice no|relates to invoice|invoice credited|refers to invoice|
                in respect of invoice
            """,
        },
        "withholding_amount": {
            3: """
                withholding tax|withholding|tax withheld|less withholding tax|tds|retention|less retention|retainage|less retainage|cis deduction|
                less cis deduction|cis tax deducted|cis tax|construction industry scheme deduction
            """,
        },
        "previous_balance": {
            3: """
                previous balance|balance forward|balance brought forward|brought forward|opening balance|
                prior balance|amount of last bill|last bill|balance from last bill|previous amount due|
                past due balance|arrears
            """,
        },
    },
    titles={
        "invoice": """
            invoice|tax invoice|vat invoice|commercial invoice|sales invoice|proforma invoice|pro forma invoice|
            tax receipt|cash invoice|receipt|cash receipt|official receipt|bill|payment receipt|cash bill|
            simplified tax invoice|debit note|progress invoice
        """,
        "credit": "credit note|credit memo|credit invoice|credit advice|adjustment note|tax credit note",
        "self_billed": "self billed invoice|self billing invoice|selfbilling",
        "reminder": """
            reminder|payment reminder|friendly reminder|overdue notice|overdue reminder|past due notice|
            final notice|final reminder|final demand|notice of overdue payment|letter before action|
            reminder of payment|overdue invoice|overdue invoices|demand for payment|dunning letter|
            dunning notice|late payment notice|overdue payment
        """,
        "statement": """
            statement|account statement|statement of account|customer statement|statement of accounts|
            monthly statement|open items|list of open items|aged balance|outstanding invoices|
            list of outstanding invoices
        """,
        "delivery_note": """
            delivery note|packing slip|packing list|delivery docket|despatch note|dispatch note|
            delivery receipt|goods received note|proof of delivery|advice note
        """,
        "order": """
            purchase order|order confirmation|order acknowledgement|order acknowledgment|sales order|
            sales order confirmation|confirmation of order
        """,
        "quote": "quotation|quote|estimate|offer|price offer|proposal|cost estimate|price quotation",
        "remittance": "remittance advice|payment advice|remittance|payment confirmation|confirmation of payment",
        "terms": """
            terms and conditions|general terms and conditions|terms of business|terms of sale|
            conditions of sale|general conditions of sale|terms and conditions of sale|
            standard terms and conditions|conditions of carriage|privacy notice
        """,
    },
    columns={
        "line_number": "no|line|line no|line number|item no|item number|s no|sl no|sr no|sno|#|№|item #|serial no",
        "item_code": """
            article number|article no|art no|article code|item code|item id|product code|product no|product number|
            product id|part no|part number|part|sku|code|code article|reference|ref|reference article|material|
            material no|gtin|ean|upc|hsn|hsn sac|hsn code|sac|isbn|stock code|catalog no|cat no|model|your part
        """,
        "description": """
            from to|from to goods|journey|trip|route|
            description|item description|description of goods|description of services|description of work|
            product description|goods description|details|detail|particulars|item|items|item name|
            items description|product|products|product name|products services|product service|service description|
            services|service|activity|work|task|narration|memo|line item|article|expense|charge description
        """,
        "quantity": """
            quantity|qty|qnty|quant|qtty|units|no of units|hours|hrs|qty hr|qty hrs|qty hours|hours qty|hrs qty|
            days|pcs|pieces|count|number of|shipped|qty shipped|quantity shipped|qty ordered|billed qty|
            invoiced qty|delivered|nos|amount of units|volume|consumption|qty delivered|delivered qty|cases|
            bottles|boxes|weight shipped|metres|meters|words hours|nights|no of nights
        """,
        "unit": "unit|unit of measure|measure",
        "unit_price": """
            unit price|price|unit cost|price per unit|price each|each|rate|unit rate|rate per hour|hourly rate|
            price unit|cost|unit price net|net price|net unit price|list price|unit value|item price|
            price per item|selling price|per unit|fee|e price|unit amount|charge rate|unit price rmb|net each|
            price each net|rate each|price per
        """,
        "unit_price_gross": """
            gross price|gross unit price|price incl vat|price incl tax|unit price incl vat|unit price incl tax
        """,
        "discount_percent": "discount %|disc %|disc|% disc",
        "discount": "discount|discount amount|discounts",
        "tax_rate": """
            vat %|tax %|vat rate|tax rate|gst %|gst rate|vat|tax|gst|sales tax|tax code|vat code|% vat|% gst|igst|
            cgst|sgst|igst %|hst|pst
        """,
        "tax_amount": "vat amount|tax amount|gst amount|amount vat|vat value|tax total|total tax",
        "amount": """
            amount|line total|total|total price|total amount|ext price|extended price|extension|ext amount|
            extended amount|line amount|net amount|net|net total|total net|net value|subtotal|sub total|value|
            taxable amount|taxable value|amount net|sum|total cost|amount due|charged|total charge|total ex vat|
            total excl vat|total excl tax|amount excl vat|amount ex vat|price excl vat|charge amount|net charge|
            line net|charge|charges|freight charge|freight|net line total|line value|goods value|total net value|
            premium|this period|current period|this application|work this period
        """,
        "amount_gross": """
            gross amount|gross|gross total|total incl vat|total incl tax|amount incl vat|total inc vat|
            total with tax|total incl gst|incl vat|incl tax
        """,
        "price_base": "price per|per|pe|price unit qty|price basis|basis|price per unit of|per qty|pricing unit",
        "date": "date|service date|period",
        "ship_date": "ship date|shipment date|shipping date|pickup date|date of shipment|collection date",
        "tracking_number": """
            tracking|tracking number|tracking no|tracking id|awb|awb number|awb no|air waybill|airbill|airway bill|
            waybill|shipment|shipment number|shipment no|consignment|consignment no|consignment number|house awb|
            hawb|pro number|pro no|bol|bill of lading|barcode
        """,
        "service": "service type|service level|service code|product type|versandart|serviceart|mode|shipping method",
        "origin": "origin|from|ship from|pickup|abgang|collection|lane origin|load port|pol",
        "destination": """
            destination|to|dest|ship to|delivery|ziel|nach|empfangsort|destino|consignee|pod|lane destination|
            dest country|country
        """,
        "zone": "zone|rate zone",
        "billed_weight": """
            weight|billed weight|chargeable weight|charg weight|chg weight|chg wt|billable weight|rated weight|wt|
            gross weight|kg|lbs|weight kg|weight lbs|weight kgs|act weight|dim weight|bill wt|tax weight
        """,
        "charge_code": "charge code|charge type|fee code|gl code|account code|surcharge code",
    },
    total_rows=(
        r"sub ?-?totals?|sub total|(?:grand |net |gross |invoice |order |overall |page |section )?totals?\b|"
        r"total\b|balance|amount (?:due|paid|payable)|due payable|(?:total |sales |less |plus |add |output )?(?:tax|vat|gst|discount)\b|"
        r"(?:add |plus |output |less )*(?:cgst|sgst|igst|utgst|cess|hst|pst|qst)\b|taxable (?:value|amount)|"
        r"round(?:ing|ed)?(?: off)?\b|withholding|tds\b|carried forward|brought forward|carry ?over|"
        r"b f\b|c f\b|goods total"
    ),
    reductions=r"discount|rebate|allowance|less discount",
    net=r"net|nett|excl|excluding|exclusive|ex|without|before",
    gross=r"gross|incl|including|inclusive|inc|with",
    legal_forms=(
        r"Ltd|Limited|LLC|L\.L\.C|Inc|Incorporated|Corp|Corporation|PLC|plc|LLP|Pty|Pvt|Cooperative|"
        r"DAC|CLG|Sdn\.?\s?Bhd|SDN\.?\s?BHD|S/B|Bhd|Berhad|Pte|CIC|Unlimited"
    ),
    last_forms=r"Co|CO|& Co|LP|KK",
    any_case_forms=(
        r"ltd\.?|limited|inc\.?|llc|sdn\.? ?bhd\.?|enterprises?|trading|restaurant|pte\.? ltd|"
        r"(?<=\w )company|& sons?"
    ),
    streets=(
        r"street|st|road|rd|avenue|ave|drive|dr|lane|ln|blvd|boulevard|way|court|square|suite|"
        r"floor|unit|lot|p\.?o\.? box|industrial estate|building|block|blk|house|plot|jalan|"
        r"jln|jl|lorong|taman|quay|yard|park|close|terrace|place|highway|hwy|crescent|no\.?\s?\d+[,-]"
    ),
    addressed=(
        r"mr|mrs|ms|miss|messrs|to|company|attn|attention|accounts payable.*|purchase ledger.*|"
        r"duplicate|copy|private and confidential"
    ),
    attention=(
        r"attn\b|attention\b|f\.?a\.?o\.?\b|c/o\b|for the attention of|accounts payable|purchase ledger|"
        r"freight payables|mr\b\.?|mrs\b\.?|ms\b\.?|messrs\b"
    ),
    debit=(
        r"direct debit|debit(?:ed)? (?:from )?your account|(?:charged|debited|taken|collected|collect(?:ion)?) (?:to|from) your|"
        r"from your (?:bank )?account|your (?:bank )?account(?: number)? (?:is|ends)|refund(?:ed)? to your"
    ),
    referring=(
        r"against|original|for|of|re|ref|referring to|relating to|our|your|the|tax|corrects|"
        r"credit for"
    ),
    dated=r"dated|of|issued|issued at|issued on|from|date|dd",
    days=r"days?",
    before_days=r"calendar |business |working |net ",
    until=r"by|until|before|no later than|on or before",
    paying=r"pay|due|net\b|terms|remit|settle",
    early=r"discount|late|interest|return|refund|query|queries|dispute|notify|complain",
    headings="""
        page original copy duplicate thank thanks summary detail details confidential terms iban bic swift gln
        hotline visit welcome item items description qty hello dear total amount price unpaid cancelled notes note
        remarks
    """,
)
