"""The words of Portuguese invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="pt",
    labels={
        "total_amount": {
            3: """
                total documento|valor total|total geral|total com iva|total da fatura|valor da fatura|total fatura|
                montante total|valor total da nota|total do documento|valor total da fatura|valor da nota|
                total a faturar|total c/ iva|valor total dos serviços|total eur
            """,
        },
        "other": {
            3: "forma de pagamento",
        },
        "invoice_number": {
            3: """
                numero da fatura|fatura n|fatura no|n fatura|no fatura|numero da factura|n da fatura|no da fatura|
                nota fiscal n|nota fiscal no|numero da nota|fatura numero|fatura nr|fatura recibo n|
                fatura simplificada n|nº da nota|nota nº|fatura-recibo nº|nf-e nº|número do documento|nfs-e nº|
                fatura n.º|recibo nº|nota de crédito n
            """,
            1: "número",
        },
        "invoice_date": {
            3: """
                data da fatura|data fatura|data da factura|data de emissao|data emissao|data do documento|
                emitido em|data da emissao|data e hora de emissão|data da nota|emissão|emitida em|data do recibo
            """,
        },
        "due_date": {
            3: """
                data de vencimento|data vencimento|vence em|data limite de pagamento|pagar ate|pagamento ate|
                data de pagamento|pagável até|vencimento em|data limite|vencimento
            """,
        },
        "delivery_date": {
            3: "data de entrega|data de carga|data da prestação|data do serviço|competência",
        },
        "period": {
            3: "periodo de faturacao",
        },
        "purchase_order": {
            3: """
                numero do pedido|ordem de compra|n encomenda|nota de encomenda|n do pedido|vossa encomenda|
                v/ encomenda|encomenda n.º|requisição|nº do pedido|ordem de compra nº|pedido de compra
            """,
            2: "encomenda",
        },
        "payment_reference": {
            3: "referencia de pagamento",
        },
        "payment_terms": {
            3: "condicoes de pagamento|prazo de pagamento",
        },
        "currency": {
            3: "moeda",
        },
        "vat_id": {
            3: """
                contribuinte|n contribuinte|no contribuinte|contribuinte n|nipc|n de contribuinte|cnpj|
                contribuinte no|cnpj cpf|cpf|nif do cliente|inscrição estadual
            """,
        },
        "seller": {
            3: """
                fornecedor|emitente|prestador|prestador de servicos|emissor|prestador de serviço|contratada|
                remetente da mercadoria
            """,
            2: "remetente",
            1: "de|da",
        },
        "buyer": {
            3: """
                faturar a|adquirente|tomador|tomador de servicos|dados do cliente|exmos srs|exmo s sr s|exmo sr|
                destinatário|cliente dados|tomador do serviço|sacado|contratante|faturado a
            """,
        },
        "ship_to": {
            3: "endereco de entrega|local de entrega|morada de entrega|local de descarga|endereço de envio",
        },
        "party_name": {
            3: "nome|razão social|nome fantasia|firma",
        },
        "party_address": {
            3: "endereco|morada|sede",
        },
        "subtotal": {
            3: """
                total sem iva|total iliquido|base de incidencia|base tributavel|valor sem iva|total s iva|
                total ilíquido s/ iva|incidência|base de cálculo|total sem impostos|total mercadorias|
                valor dos serviços|valor líquido de iva|soma dos artigos
            """,
        },
        "tax_amount": {
            3: """
                valor iva|valor do iva|total de iva|total do iva|total iva eur|total de impostos|valor do iss|
                valor do icms|total do imposto
            """,
            2: "imposto|iss|icms",
        },
        "amount_due": {
            3: """
                valor a pagar|valor líquido|valor líquido a pagar|total a receber|líquido a pagar|
                valor líquido da nota|a receber|montante a pagar|valor em dívida|em dívida
            """,
        },
        "amount_paid": {
            3: "valor pago|adiantamento|já pago|valor recebido|pagamento recebido|sinal|pago com|pago em|pago por",
            2: "liquidado",
        },
        "discount_total": {
            3: "total descontos|desconto comercial|total de descontos|desconto financeiro|desconto global",
            2: "desconto|descontos",
        },
        "charge_total": {
            3: "portes de envio|despesas de envio|despesas acessórias|valor do frete",
            2: "frete",
        },
        "rounding": {
            3: "arredondamento",
        },
        "preceding_invoice": {
            3: """
                fatura original|referente à fatura|fatura de origem|documento de origem|ref à fatura|
                anula a fatura
            """,
        },
        "withholding_amount": {
            3: """
                retenção na fonte|retenção irs|retenção|iss retido|irrf|valor retido|total de retenções|retenções|
                irrf 1 5|inss retido|pis retido|cofins retido|csll retida|iss retido na fonte
            """,
        },
        "previous_balance": {
            3: "saldo anterior|débito anterior|fatura anterior",
        },
        "payee": {
            3: "a favor de|favorecido|beneficiário|titular da conta",
        },
    },
    titles={
        "invoice": """
            fatura|nota fiscal|recibo|fatura recibo|factura simplificada|nota fiscal de serviços eletrônica|
            nota fiscal eletrônica|nfs-e|danfe|fatura proforma|recibo verde|fatura de fornecimento|nota de débito
        """,
        "credit": "nota de crédito|nota de devolução|estorno",
        "reminder": """
            lembrete de pagamento|aviso de cobranca|aviso de pagamento em atraso|carta de cobranca|
            faturas em atraso|aviso de vencimento
        """,
        "statement": "extrato de conta|extrato|conta corrente|extrato de conta corrente|extrato de cliente",
        "delivery_note": "guia de remessa|guia de transporte|nota de entrega|nota de encomenda entregue",
        "order": "encomenda|nota de encomenda|ordem de compra|confirmacao de encomenda|pedido de compra",
        "quote": "orcamento|proposta|cotacao|proposta comercial",
        "remittance": "aviso de transferencia|nota de pagamento|comprovativo de transferencia",
        "terms": "condicoes gerais|condicoes gerais de venda|termos e condicoes",
    },
    columns={
        "unit_price": """
            preco unit|pr unit|pr unitario|preco|preco unitario|valor unitario|vlr unit|p. unit|p. unitário|
            preço líquido|valor unit|preço s/ iva
        """,
        "line_number": "sr",
        "item_code": "referencia|artigo|cod artigo",
        "description": """
            trajeto|percurso|origem destino|
            descricao|designacao|produto|produtos|artigos|servico|servicos|descrição do produto|discriminação|
            discriminação dos serviços|item|mercadoria|descrição dos serviços
        """,
        "quantity": "quantidade|qtd|qtde|quant|qt|qtd faturada|kg",
        "unit": "unidade",
        "discount_percent": "desconto %|desc|desc %|% desc|dsc",
        "discount": "desconto",
        "tax_rate": "taxa|taxa iva|iva taxa|alíquota|icms %",
        "tax_amount": "valor iva",
        "amount": """
            valor|valor total|total liquido|total s iva|preco total|vlr total|montante|valor liquido|
            total iliquido|total ilíquido linha|valor eur|total linha
        """,
        "amount_gross": "total c iva|total com iva",
    },
    total_rows=(
        r"valor a pagar|a transportar|transporte$|total|iva\b|valor (?:total|liquido|bruto)|"
        r"desconto|retencao|iss\b|base de calculo|incidencia"
    ),
    reductions=r"desconto|bonificacao",
    net=r"sem|s iva|liquido|iliquido",
    gross=r"com iva|c iva|bruto",
    legal_forms=r"Lda|Ltda|Unipessoal|EIRELI|MEI|S\.A",
    last_forms=r"ME|EPP|CRL",
    streets=(
        r"rua|praça|travessa|avenida|estrada|rodovia|alameda|largo|quadra|bairro|zona industrial|"
        r"apartado"
    ),
    addressed=r"exmos?\.?\s*(?:\(s\))?\.?(?: sr.*| senhor.*)?|sr|sra|duplicad[oa]",
    attention=r"exmos?\b|a/c\b|aos cuidados",
    debit=r"débito direto|débito em conta|na sua conta|da sua conta",
    referring=r"sobre|relativ\w+|do|da|à",
    dated=r"de|em|do",
    days=r"dias",
    until=r"até(?: ao)?|antes de",
    paying=r"pagament|pagar|venc",
    early=r"desconto|mora|juros",
    headings="via original obrigado",
)
