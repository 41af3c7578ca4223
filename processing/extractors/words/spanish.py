"""The words of Spanish invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="es",
    labels={
        "bic": {
            3: "codigo swift",
        },
        "party_name": {
            3: "nombre|empresa|razon social|nombre o razón social|denominación social|nombre fiscal",
        },
        "invoice_number": {
            3: """
                numero de factura|n de factura|no de factura|factura n|factura no|factura num factura|n factura|
                no factura|numero factura|factura nro|nro factura|nro de factura|factura num|ref factura|factura #|
                num de factura|factura simplificada n|numero de la factura|factura rectificativa n|
                nº rectificativa|número de documento|nº de documento|número de comprobante|recibo n|folio|
                serie y folio|serie folio|folio interno
            """,
            2: "n de ticket|numero|serie y numero|folio fiscal",
            1: "número",
        },
        "invoice_date": {
            3: """
                fecha de factura|fecha factura|fecha de la factura|fecha de emision|fecha emision|
                fecha de expedicion|fecha expedicion|emitida el|fecha del documento|fecha documento|
                fecha de expedición de la factura|fecha del comprobante|fecha y hora de emisión|expedida el
            """,
            1: "fecha",
        },
        "due_date": {
            3: """
                fecha de vencimiento|fecha vencimiento|vence el|fecha limite de pago|pagar antes de|
                pagar antes del|vencimiento el|fecha de vto|fecha vto|vencimientos|pago antes del
            """,
            2: "vencimiento|vto|vence",
            1: "fecha de pago",
        },
        "delivery_date": {
            3: """
                fecha de entrega|fecha entrega|fecha de operacion|fecha operacion|fecha del servicio|
                fecha de prestación|fecha de envío
            """,
        },
        "period": {
            3: "periodo de facturacion",
        },
        "document_reference": {
            3: "numero de reserva|localizador",
        },
        "purchase_order": {
            3: """
                numero de pedido|n de pedido|pedido n|no pedido|su pedido|orden de compra|n pedido|nro de pedido|
                pedido no|num pedido|orden de compra n|nº de pedido|orden de compra nº|pedido cliente|su pedido n|
                s/pedido|su ref pedido
            """,
            2: "pedido",
        },
        "contract_reference": {
            3: "contrato n|numero de contrato",
        },
        "buyer_reference": {
            3: "su referencia",
            1: "referencia",
        },
        "payment_reference": {
            3: "referencia de pago",
        },
        "payment_terms": {
            3: "condiciones de pago|condicion de pago",
        },
        "currency": {
            3: "moneda|divisa",
        },
        "iban": {
            3: "n iban|cuenta bancaria|numero de cuenta",
        },
        "vendor_email": {
            3: "correo|correo electronico",
        },
        "vendor_phone": {
            3: "telefono",
        },
        "vat_id": {
            3: "nif|cif|nif cif|cif nif|nif iva|n iva|no iva|cif no|nif no|dni|dni nif|rfc|rut|cuit|ruc|nit",
        },
        "seller": {
            3: "arrendador|vendedor|proveedor|emisor|datos del emisor|datos del proveedor|emitido por|vendido por",
        },
        "buyer": {
            3: """
                comprador|arrendatario|paciente|facturar a|facturado a|datos del cliente|facturacion|direccion de facturacion|
                titular del contrato|titular del suministro|facturado a nombre de|receptor|destinatario|señores|
                sres|datos de facturación|razón social del cliente
            """,
            2: "cliente",
        },
        "ship_to": {
            3: """
                direccion de entrega|direccion de envio|dirección de entrega de mercancía|lugar de entrega|
                entregar en
            """,
        },
        "payee": {
            3: "titular|titular de la cuenta|beneficiario|a favor de|a nombre de",
        },
        "party_address": {
            3: "direccion|domicilio|domicilio fiscal|domicilio social",
        },
        "subtotal": {
            3: """
                base imponible|total base imponible|total sin iva|importe neto|total neto|importe sin iva|
                total base|subtotal sin iva|subtotal antes de iva|total antes de impuestos|valor neto|
                importe bruto|total bruto base|total imponible|neto gravado
            """,
            2: "neto|base",
        },
        "tax_amount": {
            3: """
                cuota iva|importe iva|total iva|total impuestos|importe del iva|cuota de iva|total igic|
                impuesto al valor agregado|total impuesto|iva repercutido|i.v.a. total|ipsi
            """,
            2: "iva|i v a|impuestos|cuota|igic",
        },
        "total_amount": {
            3: """
                total factura|importe total|total con iva|total iva incluido|importe factura|total euros|
                total iva inc|importe total factura|total importe|total a facturar|importe total eur|
                total de la factura|total general|total eur|total con impuestos|importe total con iva
            """,
            2: "importe",
        },
        "amount_due": {
            3: """
                importe a pagar|importe pendiente|pendiente de pago|a pagar|total a pagar|saldo pendiente|
                líquido a percibir|total a abonar|importe líquido|líquido a pagar|neto a pagar|total pendiente|
                a abonar|a devolver
            """,
            2: "saldo",
        },
        "amount_paid": {
            3: """
                importe pagado|entregado a cuenta|pagado a cuenta|a cuenta|anticipos|pago recibido|ya pagado|
                importe cobrado|pagado con|pagado el|abonado con
            """,
            2: "pagado|anticipo|abonado|cobrado",
        },
        "discount_total": {
            3: """
                total descuento|total descuentos|descuento comercial|descuento pronto pago|dto general|
                descuento global
            """,
            2: "descuento|descuentos",
        },
        "charge_total": {
            3: "gastos de envio|gastos de transporte|recargo|portes pagados|transporte",
            2: "portes",
        },
        "rounding": {
            3: "redondeo",
        },
        "other": {
            3: "codigo cliente|codigo de cliente|albaran|forma de pago|tipo iva|nuestra referencia|hora",
        },
        "preceding_invoice": {
            3: """
                rectifica la factura|factura rectificada|factura original|rectifica a|abono de la factura|
                referente a la factura|corrige la factura
            """,
        },
        "withholding_amount": {
            3: "retención|retención irpf|irpf|retenciones|retención en la fuente",
        },
        "previous_balance": {
            3: "saldo anterior|saldo previo|importe pendiente anterior|deuda anterior",
        },
    },
    titles={
        "invoice": """
            factura proforma|factura|factura de venta|factura electrónica|factura comercial|factura ordinaria|
            recibo|factura de crédito electrónica
        """,
        "credit": "factura rectificativa|nota de abono|factura de abono|nota de crédito electrónica",
        "reminder": """
            recordatorio|recordatorio de pago|aviso de impago|reclamacion de pago|requerimiento de pago|
            aviso de vencimiento|facturas vencidas|factura vencida|reclamacion de facturas pendientes
        """,
        "statement": """
            estado de cuenta|extracto de cuenta|extracto|estado de cuentas|relacion de facturas pendientes|
            facturas pendientes
        """,
        "delivery_note": "albaran|albaran de entrega|nota de entrega|guia de remision|lista de empaque",
        "order": "pedido|orden de compra|confirmacion de pedido|hoja de pedido|nota de pedido",
        "quote": "presupuesto|oferta|cotizacion",
        "remittance": "aviso de pago|aviso de transferencia|comprobante de transferencia",
        "terms": "condiciones generales|condiciones generales de venta|terminos y condiciones",
    },
    columns={
        "origin": "origen",
        "description": """
            trayecto|recorrido|ruta|origen destino|
            descripcion|concepto|conceptos|producto|productos|articulo|articulos|detalle|servicio|
            descripción del producto|denominación|articulo descripcion
        """,
        "quantity": "nombre|cantidad|cant|uds|unidades|ctd|horas|cantidad facturada|nº uds|noches|kg",
        "line_number": "n|num|numero|linea",
        "item_code": "codigo",
        "unit": "unidad|unidad de medida",
        "unit_price": """
            precio|precio unitario|precio unidad|pvp|importe unitario|tarifa|importo unitario|costo unitario|
            precio neto|precio sin iva|p.u.|valor unitario|precio eur
        """,
        "unit_price_gross": "precio con iva",
        "discount_percent": "dto %|descuento %|dto|% dto|% descuento|desc %|bonif %",
        "discount": "descuento|dcto|bonificación",
        "tax_rate": "iva|iva %|tipo iva|% iva",
        "tax_amount": "importe iva|cuota iva|cuota|total iva",
        "amount": """
            importe|total linea|importe neto|importe total|precio total|neto|base imponible|importe sin iva|monto|
            total sin iva|valor|importe eur|importe línea|total sin impuestos
        """,
        "amount_gross": "importe con iva|total con iva|importe iva incl|total iva incl",
        "date": "fecha",
        "zone": "zona",
        "billed_weight": "peso|peso tassabile",
    },
    total_rows=r"base imponible|importe total|suma|iva\b|igic\b|a pagar|retencion|irpf|redondeo|total",
    reductions=r"descuento|dto|bonificacion|rappel",
    net=r"sin|neto|antes",
    gross=r"con iva|bruto|incluido|incl",
    legal_forms=r"S\.L(?:\.U)?|SLU|S\.A\.U|S\.L\.L|S\.A\. de C\.V|S\. de R\.L|S\.A\.S|E\.I\.R\.L|S\.Coop",
    last_forms=r"SL|S\.A|SA|CB|C\.B",
    streets=r"calle|c/|avda|av\.|avenida|plaza|paseo|polígono|pol\. ind|carretera|ctra|urb|apartado",
    addressed=r"sr|sra|sres|señores|don|doña",
    attention=r"a la atención|att\.?:|sres\b|d\.ª?\s",
    debit=r"domicilia|cargo en (?:su )?cuenta|adeudo|recibo domiciliado|en su cuenta|a su cuenta",
    referring=r"sobre|rectificad\w+|rectifica|la|del",
    dated=r"del|de|dated",
    days=r"d[ií]as",
    until=r"antes del?|hasta el",
    paying=r"pago|pagar|venc|abonar",
    early=r"descuento|demora|devoluci|intereses",
    headings="copia gracias importe",
)
