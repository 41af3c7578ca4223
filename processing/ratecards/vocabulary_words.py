"""The words of carriers' headers by what they mean, in their languages. Pure."""

from __future__ import annotations

VOCABULARY: dict[str, str] = {
    "carrier": """
        carrier| carrier name| spediteur| frachtfuhrer| transporteur| transportista| naviera| vettore| vervoerder|
        airline| shipping line| linie| reederei| compania| courier| scac| spedition| haulier| ocean carrier|
        frachtfuhrer name| transportunternehmen| empresa de transporte| linea naviera| compagnie maritime| armateur|
        rederij| corriere| transportadora| przewoznik""",
    "service": """
        prestation annexe| service / surcharge| service| service name| service level| product| product name|
        produkt| servicio| leistung| prestation| tipo de
        servicio| servizio| dienst| produit| producto| versandart| mode of service| level of service| usluga| servico|
        produto| service type| dienstleistung| delivery type| delivery method| delivery option| shipping method| method|
        versandmethode| mode de livraison| metodo de envio""",
    "service_code": """
        service code| product code| produktcode| codigo servicio| servicecode| code service| global code""",
    "origin": """
        org| origin zip| origin zip3| origin zip code| origin postal code| origin postcode| origin state| origin
        province| orig zip| orig| orig zip3| orig city| orig state| from city| from state| from port| from
        airport| from country| from zip| origin terminal| shipper city| shipper zip| ship from zip| origin
        region| origin country code| plz abgang| plz absender| abgangs plz| versand plz| provincia origen| cp
        origen| codigo postal origen| estado origen| port of origin| airport of origin| place of receipt| por|
        porto de origem| porto de embarque| porto de carga| cidade de origem| local de origem|
        origin| from| ship from| origin city| origin port| pol| port of loading| load port| loading port| pickup|
        origin country| country of origin| departure| airport of departure| aod| von| ab| abgang| absender| ursprung|
        versandort| ladehafen| abgangshafen| abgangsort| beladeort| startort| origen| puerto de carga| puerto origen|
        salida| ciudad origen| desde| pais origen| origine| depart| au depart de| ville depart| partenza| porto di
        carico| van| vertrek| laadhaven| origem| de| origin airport| pol code| origin location| pickup city|
        abgangsland| versandland| origin zone| from zone| pais de origen| nadawca| z""",
    "origin_from": """
        origin zip from| origin postal from| origin postcode from| origin zip low| origin zip start| from zip low| plz
        von ab""",
    "origin_to": """
        origin zip to| origin postal to| origin postcode to| origin zip high| origin zip end""",
    "destination": """
        dst| dest city| dest state| dest zip code| dest postal code| dest postcode| dest port| dest province|
        destination state| destination province| destination zip3| destination country code| to city| to
        state| to port| to airport| to country| to zip| consignee city| consignee zip| ship to zip| port of
        destination| place of delivery| final destination| destination terminal| empfanger plz| empfangs plz|
        ziel plz| plz ziel| plz empfanger| zielflughafen| zielgebiet| provincia destino| cp destino| codigo
        postal destino| estado destino| poblacion| localidad| comunidad autonoma| bundesland| stadt| ort|
        city| delivery zip| delivery postcode| departements| uf| uf destino| regiao| regiao destino| cep|
        cep destino| postcode area| postcode areas| postal area| postal areas| plz zone| cap destino|
        porto de destino| porto de descarga| porto de entrega| cidade de destino| local de destino|
        destination| dest| to| ship to| destination city| destination port| pod| port of discharge| discharge port|
        delivery| destination country| country| countries| country code| country codes| country name| airport of
        destination| arrival| dest country| consignee| dest zip| destination zip| destination postcode| destination
        postal code| postal code| postcode| zip| zip code| zip codes| dest zip3| zip3| postal range| postcode range|
        zip range| destination zip code| dest zip code| nach| ziel| empfanger| bestimmung| bestimmungsort| zielort|
        zielland| loschhafen| bestimmungshafen| zielhafen| entladeort| empfangsort| land| lander| plz| postleitzahl|
        plz gebiet| plz bereich| empfangsland| destino| puerto de descarga| puerto destino| ciudad destino| pais|
        paises| pais destino| hasta destino| llegada| codigo postal| provincia| destinazione| destinataire| arrivee|
        pays| departement| code postal| ville arrivee| paese| arrivo| cap| porto di sbarco| naar| bestemming|
        loshaven| aankomst| landen| postcode bestemming| destinos| pais de destino| para| destination location|
        postcode areas districts| postcode areas and districts| postcodes| postcode districts| postal codes| zips|
        codigos postales| codes postaux| postleitzahlen| districts| departements
        desservis| depts| dept| praca| cidade| municipio| localidade| destino final| zielflughafen code| aeroporto|
        aeroporto di destinazione| aeropuerto| aeropuerto de destino| flughafen| bestemmingsluchthaven| luchthaven|
        aeroport| aeroport de destination| airport| delivery city| state| states| regions|
        provinces| cities| towns| estados|
        provincias| regioni| province servite| regions desservies|
        pin codes| pincode| pincodes| state| province| region| area| dest airport|
        pod code| kraj| region destino| destination region| entrega| gebiet""",
    "destination_from": """
        cep inicial| cep de| cep inicio| dest zip from| destination zip from| zip from| postal from| postcode from|
        from zip| dest postal from|
        destination postal from| from postal code| plz von| code postal de| cp desde| destination postcode from| zip
        start| zip low| from postcode| start zip| postal code from| zip code from| plz ab""",
    "destination_to": """
        cep final| cep ate| cep fim| dest zip to| destination zip to| zip to| postal to| postcode to| to zip|
        dest postal to| destination postal
        to| to postal code| plz bis| code postal a| cp hasta| destination postcode to| zip end| zip high| to postcode|
        end zip| postal code to| zip code to""",
    "zone": """
        zone| zones| zone label| zone name| rate zone| zona| zonas| tarifzone| zonen| zone no| zone number| strefa|
        tarif zone| zone code| preiszone| entfernungszone| delivery zone| service zone""",
    "lane": """
        lane| route| relation| trayecto| ruta| trade lane| strecke| tratta| liaison| verbindung| lane id""",
    "equipment": """
        voertuig| voertuigtype| type voertuig| wagentype| tipo de veiculo| veiculo| tipo veicolo| veicolo| mezzo|
        fahrzeugart| tipo vehiculo| tipo de vehiculo| tipo de camion| size| container sizes| ladeeinheit|
        lademittel| mode|
        equipment| equipment type| container| container type| container size| truck type| vehicle| vehicle type|
        fahrzeug| fahrzeugtyp| behalter| containertyp| tipo de contenedor| contenedor| equipo| vehiculo| tipo camion|
        conteneur| vehicule| equip| packaging| package type| verpackung| type of container| ctr type| size type|
        package| sendungsart| ladungstrager| trailer type| embalaje""",
    "freight_class": """
        freight class| class| nmfc class| nmfc| klasse| clase| shipment class| commodity class| classe""",
    "weight_from": """
        min weight| weight from| from weight| weight min| minimum weight| min kg| weight low| from kg| kg from|
        gewicht von| gewicht ab| mindestgewicht| peso desde| peso minimo| peso min| poids min| poids de| peso da|
        gewicht vanaf| lower weight| weight start| start weight| break from| von kg| ab kg| desde kg| weight lower|
        min wt| lbs from| from lbs| weight over| weight break from| weight range from| wt from| min lbs| poids mini""",
    "weight_to": """
        jusqu a kg| poids jusqu a kg| peso ate kg| ate kg| fino a kg| peso hasta kg| waga do kg| tot kg|
        max weight| weight to| to weight| weight max| maximum weight| max kg| weight high| to kg| kg to| gewicht bis|
        hochstgewicht| maximalgewicht| peso hasta| peso maximo| peso max| poids max| poids jusqu a| peso a| gewicht
        tot| upper weight| weight end| end weight| break to| bis kg| hasta kg| weight upper| max wt| lbs to| to lbs|
        weight not to exceed| weight not exceed| not to exceed| not exceeding| exceed| weight up to| up to| up to kg|
        weight limit| bis| bis zu| hasta| jusqu a| fino a| weight break to| weight range to| wt to| max lbs| peso ate|
        waga do| poids maxi| max""",
    "break": """
        weight| weights| weight break| weight range| weight band| weight kg| weight lb| weight lbs| kg| kgs| lb| lbs|
        gewicht| gewichtsstufe| gewichtsklasse| gewichtsstaffel| gewichtsbereich| staffel| peso| pesos| rango de peso|
        tramo| tramos| tramo de peso| escala| poids| tranche| tranche de poids| tranches| fascia| fascia di peso|
        scaglione| gewichtsklassen| faixa de peso| faixa| waga| weight slab| slab| chargeable weight| break| breaks|
        billable weight| pounds| kilos| kilograms| kilogramm| kilogramos| wt| shipment weight| frachtgewicht| weight
        step| wt break| number of items| no of items| of items| items and above| item count| anzahl artikel|
        artikelanzahl| nombre d articles| numero de articulos| order subtotal| subtotal| order value| order total|
        cart value| cart total| bestellwert| warenkorb| warenkorbwert| montant commande| montant de la commande|
        sous total|
        importe del pedido| valor del pedido| valor do pedido| valore ordine| orderwaarde| bestelwaarde|
        frachtpfl gewicht| frachtpflichtiges gewicht| taxgewicht| poids taxable| peso tassabile| peso tasable|
        quantity| pallets| number of pallets| paletten| anzahl paletten| ldm| lademeter| volume| cbm| palets|
        numero de palets| nombre de palettes| gewichtsgrenze| rated weight| kg range""",
    "price": """
        price| rate| rates| base rate| charge| amount| freight| freight rate| ocean freight| air freight| tariff| all
        in| all in rate| total| total rate| cost per shipment| fee| base price| linehaul| line haul| line haul rate|
        preis| tarif| rate je| fracht| frachtrate| betrag| satz| entgelt| kosten| grundpreis| festpreis| frachtkosten|
        seefracht| luftfracht| precio| tarifa| flete| flete maritimo| importe| coste| costo| valor| prix| cout| fret|
        montant| prezzo| tariffa| nolo| importo| prijs| bedrag| vracht| preco| frete| cena| stawka| list price| net
        rate| net price| selling rate| flat rate| spot rate| contract rate| rate per kg| price per kg| per kg| rate
        per cwt| rate per 100 kg| per 100 kg| per container| rate per container| per shipment| per mile| rate per
        mile| rpm| per km| unit price| unit rate| euro| value| base freight| basic freight| bas| preis je kg| preis
        pro kg| pro kg| je kg| je sendung| je 100 kg| por kg| por envio| par kg| al kg| per lb| rate per lb| per cwt|
        cuota| listenpreis| tariff rate| basic ocean freight| preis netto| netto| per pallet| je palette| pro palette|
        kostensatz| envio| per parcel| je paket| ftl rate| flat| pauschale| pauschalpreis""",
    "percent": """
        percent| percentage| %| zuschlag auf die fracht| majoration| majoration sur le transport| zuschlag in prozent|
        aufschlag| maggiorazione| prozent| zuschlag %| surcharge %| porcentaje| fuel surcharge %| fsc %| pourcentage""",
    "minimum": """
        frete minimo| flete minimo| nolo minimo| fret minimum| minimum de fret| vracht minimum| minimumvracht| tarif
        minimum| precio minimo| prezzo minimo| minimum prijs| minimumprijs| mindestfracht je sendung|
        min| minimum| min charge| minimum charge| minimum rate| minimum price| min rate| amc| mindestpreis|
        mindestbetrag| minimo| cargo minimo| mc| mind| importe minimo| minimum de perception| mini| m| mindestfracht|
        mindest| tarifa minima| absolute minimum charge| tariffa minima| minimum freight""",
    "maximum": """
        maximum charge| max charge| maximum price| max price| hochstbetrag| cargo maximo| hochstpreis""",
    "base_charge": """
        starttarief| startbedrag| instaptarief| vast bedrag| starttarif| startpreis| grundbetrag| forfait de depart|
        prise en charge| tarifa base fija| quota fissa| diritto di chiamata| base charge| flat charge|
        basic charge| grundgebuhr| sockelbetrag| fixed charge| cargo fijo| fixe| starting
        fee| start fee| handling fee base| per shipment fee""",
    "currency": """
        currency| curr| cur| ccy| wahrung| whg| moneda| divisa| devise| monnaie| valuta| munteenheid| moeda| waluta|
        currency code""",
    "weight_unit": """
        weight unit| unit of weight| gewichtseinheit| unidad de peso| unite de poids| weight uom""",
    "dimension_unit": """
        dimension unit| dim unit| dimension uom| masseinheit""",
    "unit": """
        unit| uom| basis| rate basis| per| einheit| unidad| unite| base de calculo| berechnungsbasis| charge basis|
        rate unit| unita| eenheid| rate type| unidade| calculation basis| berechnung| abrechnungseinheit|
        price basis""",
    "transit_days": """
        transito gg| giorni di transito| gg transito| giorni| resa gg| transito dias| prazo| prazo dias uteis|
        dias uteis| prazo de entrega| transit business days|
        transit in days|
        laufzeit in tagen| service days| tt days| delivery days| dias
        transito| tiempo de entrega| tat| tat days| turnaround|
        transit days| transit| transit time| transit time days| lead time| laufzeit| laufzeit tage| transitzeit|
        tiempo de transito| dias de transito| dias| delai| delais| delai jours| jours| tage| tempo di transito| resa|
        t t| tt| tt days| days| levertijd| looptijd| delivery time| regellaufzeit| transito| transit d| plazo| plazo
        de entrega| zustellzeit""",
    "valid_from": """
        valid from| validity from| effective| effective date| effective from| start date| gultig ab| gultig von|
        valido desde| vigencia desde| valable du| valido dal| geldig vanaf| from date| valid start| rate effective
        date| inicio vigencia| inicio""",
    "valid_to": """
        valid to| valid until| validity to| expiry| expiry date| expiration| expires| end date| gultig bis| valido
        hasta| vigencia hasta| valable jusqu au| valido al| geldig tot| to date| valid till| valid thru| expiration
        date| validity| rate expiry date| fin vigencia| vigencia""",
    "code": """
        code| surcharge code| charge code| kurzel| codigo| fee code| accessorial code| abk| kode| id|
        charge type code""",
    "surcharge": """
        seasonal surcharge| customs surcharge| energy surcharge| road toll| security surcharge| surcharge|
        surcharges| accessorial| accessorials| accessorial charge| charge name| charge description| fee
        name| zuschlag| zuschlage| zuschlagsart| nebenkosten| nebengebuhr| gebuhr| recargo| recargos| suplemento|
        concepto| supplement| supplements| surtaxe| frais| supplemento| toeslag| sobretaxa| doplata| additional
        service| additional charges| zusatzleistung| extra| extras| local charges| description| beschreibung|
        bezeichnung| descripcion| designation| descrizione| charge type| name| accessorial service| service option|
        option| value added service| item| voce| voci| omschrijving| poste| designacao| servico adicional| servicio
        adicional| servizio accessorio| toeslagen| taxa| encargo""",
    "condition": """
        limits| restrictions| observacoes| condition| conditions| remark| remarks| notes| note| comment| comments|
        bemerkung| bemerkungen| hinweis|
        bedingung| condicion| condiciones| observaciones| remarque| remarques| commentaire| nota| opmerking| applies
        when| when| details""",
    "applies_to": """
        applies to| applicable to| base| gilt fur| anwendung| aplica a| s applique a| percent of| on""",
    "fuel_from": """
        diesel price| fuel price| dieselpreis| precio gasoleo| precio del gasoleo| doe average| average diesel
        price| fuel index| diesel| index| precio gasoil| kraftstoffpreis| gasoil|
        fuel price from| index from| diesel price from| price from| at least| at least but less than| dieselpreis von|
        dieselpreis ab| preis ab| precio gasoil desde| diesel from| fuel index from| from price| lower bound| index
        min| desde precio""",
    "fuel_to": """
        a moins de| bis unter| moins de| menos de| menor que| ate menos de| tot minder dan| meno di|
        fuel price to| index to| diesel price to| price to| but less than| less than| dieselpreis bis| preis bis|
        precio gasoil hasta| diesel to| fuel index to| to price| upper bound| index max| hasta precio""",
    "fuel_percent": """
        fuel surcharge| fsc| fuel| baf %| dieselzuschlag| treibstoffzuschlag| kraftstoffzuschlag| dieselfloater|
        recargo combustible| recargo por combustible| surcharge gasoil| surcharge carburant| taxe carburant| fuel
        surcharge percentage| fuel percentage| supplemento carburante| energiezuschlag| maut und diesel| floater""",
    "distance": """
        mileage| mileage band| mileage range| distance band| distance range| entfernungsstufe| entfernungsbereich|
        tranche kilometrique| tramo kilometrico| fascia chilometrica| faixa de distancia| afstandsklasse""",
    "distance_from": """
        afstand van| afstand vanaf| distanza da| distance de| distancia desde| distancia de|
        miles from| from miles| mile from| km from| from km| km von| von km| km desde| desde km| km de| de km| distance
        from| entfernung von| entfernung ab| kilometer von| km van| miles min| min miles| min km| km min""",
    "distance_to": """
        afstand tot| afstand tot km| afstand tot en met| distanza fino a km| distanza fino| distance maxi| distance max|
        km max| entfernung bis zu| distancia hasta los km| tot en met km| raio ate km| distancia ate km|
        miles to| to miles| up to miles| miles up to| km to| to km| km bis| bis km| entfernung bis| entfernung bis km|
        kilometer bis| distance to| distance up to| distance up to km| distance jusqu a| distance jusqu a km| jusqu a
        km| distancia hasta| distancia hasta km| hasta km| km hasta| distancia ate| ate km| km ate| distanza fino a|
        fino a km| tot km| km tot| max miles| miles max| max km| km max| km a""",
    "cost": """
        cost| buy rate| einkaufspreis| ek| net cost| internal cost| purchase price""",
    "ignore": """
        max length| max width| max height| max girth| length| width| height| lange| breite| hohe| domicile|
        international| tracked| b2c| b2b| first mile| last mile| form factor| signature| no| nr| pos| line| row| #|
        carrier service code| shipment type| transit time hours| active| enabled| distance| entfernung| miles|
        frequency| via| routing| free time| free days| incoterm| commodity| cut off| max volume| volume limit|
        description of goods""",
}
