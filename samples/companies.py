"""The made-up companies that the samples are from and to."""

from __future__ import annotations

from samples.books import Company

WERKZEUG = Company(
    name="Harzer Werkzeugbau GmbH",
    street="Schmiedestraße 14",
    city="38855 Wernigerode",
    country="Deutschland",
    tax_id="DE226018159",
    phone="+49 3943 5550140",
    email="rechnung@harzer-werkzeugbau.example",
    bank="Harzbank eG",
    iban="DE55979213468948282715",
    bic="HRZBDE21XXX",
    register="Amtsgericht Stendal HRB 20417",
)
HOFLADEN = Company(
    name="Büro & Küche Brandt KG",
    street="Lange Reihe 52",
    city="20099 Hamburg",
    country="Deutschland",
    tax_id="DE295711777",
    phone="040 5550 2210",
    email="buchhaltung@brandt-kg.example",
    bank="Hafenbank Hamburg",
    iban="DE12837997338580559139",
    bic="HAFNDEHHXXX",
    register="HRA 118 203",
)
HOSTING = Company(
    name="Elbwolke Hosting GmbH",
    street="Königsbrücker Straße 96",
    city="01099 Dresden",
    country="Deutschland",
    tax_id="DE272492086",
    phone="0351 555 8870",
    email="service@elbwolke.example",
    bank="Sachsenbank Dresden",
    iban="DE21908566621056909136",
    bic="SABKDE33XXX",
)
US_OUTFITTER = Company(
    name="Cascade Trail Outfitters LLC",
    street="2180 NW Thurman Street",
    city="Seattle, WA 98107",
    country="USA",
    tax_id="91-4471829",
    phone="(206) 555-0148",
    email="billing@cascadetrail.example",
)
US_SUPPLY = Company(
    name="Prairie Office Supply Co.",
    street="415 Kellogg Avenue",
    city="Wichita, KS 67202",
    country="USA",
    phone="(316) 555-0117",
    email="ar@prairieoffice.example",
)
US_FREIGHT = Company(
    name="Great Lakes Cartage Inc.",
    street="77 Harbor Drive",
    city="Toledo, OH 43604",
    country="USA",
    phone="(419) 555-0163",
    email="invoices@glcartage.example",
)
UK_PRINT = Company(
    name="Thornbury Print Works Ltd",
    street="Unit 6, Mill Lane Trading Estate",
    city="Bristol BS35 2AQ",
    country="United Kingdom",
    tax_id="GB530570626",
    phone="01632 960 144",
    email="accounts@thornburyprint.example",
    bank="Severn Bank plc",
    iban="GB70BARC93018008106274",
    bic="BARCGB22",
    register="Registered in England No. 04417720",
)
UK_CONSULT = Company(
    name="Larkfield Engineering Consultants",
    street="9 Castle Street",
    city="Edinburgh EH2 3AH",
    country="United Kingdom",
    tax_id="GB116268379",
    phone="0131 496 0733",
    email="office@larkfield.example",
    bank="Forth Bank",
    iban="GB58LOYD80311536577487",
    bic="LOYDGB2L",
)
FR_LUMIERE = Company(
    name="Lumière du Rhône SARL",
    street="27 quai Saint-Vincent",
    city="69001 Lyon",
    country="France",
    tax_id="FR60182661298",
    phone="04 65 71 00 42",
    email="compta@lumiere-rhone.example",
    bank="Banque des Alpes",
    iban="FR8059170287502917706054845",
    bic="BALPFR2LXXX",
    register="RCS Lyon 182 661 298 - SARL au capital de 20 000 €",
)
FR_ATELIER = Company(
    name="Atelier Kerbrat",
    street="3 rue du Port",
    city="29900 Concarneau",
    country="France",
    tax_id="FR94337501019",
    phone="02 61 91 00 17",
    email="contact@atelier-kerbrat.example",
    bank="Crédit du Ponant",
    iban="FR3636432313896813012968909",
    bic="CPONFR2BXXX",
    register="SIRET 337 501 019 00014",
)
ES_OLIVAR = Company(
    name="Olivar de Jaén Distribuciones S.L.",
    street="Avenida de Andalucía 118",
    city="23006 Jaén",
    country="España",
    tax_id="ESB92782838",
    phone="953 555 240",
    email="facturas@olivardejaen.example",
    bank="Banco del Sur",
    iban="ES1582652950767432328727",
    bic="BSURESMMXXX",
)
IT_CARTIERA = Company(
    name="Cartiera Valdarno S.r.l.",
    street="Via dei Mulini 33",
    city="52025 Montevarchi (AR)",
    country="Italia",
    tax_id="IT02643680073",
    phone="055 555 0193",
    email="amministrazione@cartieravaldarno.example",
    bank="Banca dell'Arno",
    iban="IT42A7595621599358638131345",
    bic="BARNITM1XXX",
    register="REA AR-184420",
)
NL_FIETS = Company(
    name="Rijnstroom Fietsen B.V.",
    street="Oudegracht 211",
    city="3511 NG Utrecht",
    country="Nederland",
    tax_id="NL809910287B01",
    phone="030 555 0126",
    email="administratie@rijnstroom.example",
    bank="Stichtse Bank",
    iban="NL73ABNA0002348004",
    bic="ABNANL2A",
    register="KvK 55501260",
)
PT_CORTICA = Company(
    name="Cortiça do Alentejo, Lda.",
    street="Rua da República 64",
    city="7000-656 Évora",
    country="Portugal",
    tax_id="PT591212706",
    phone="266 555 018",
    email="faturas@corticaalentejo.example",
    bank="Banco do Alentejo",
    iban="PT40240166994747756754273",
    bic="BALTPTPLXXX",
)
CH_UHREN = Company(
    name="Jura Feinmechanik AG",
    street="Bielstrasse 40",
    city="2540 Grenchen",
    country="Schweiz",
    tax_id="CHE-696.533.967 MWST",
    phone="032 555 06 40",
    email="debitoren@jura-feinmechanik.example",
    bank="Kantonsbank Solothurn",
    iban="CH2100866087197714702",
    bic="KBSOCH22XXX",
)
IE_PARTS = Company(
    name="Shannon Marine Parts Limited",
    street="Dock Road",
    city="Limerick V94 X2K5",
    country="Ireland",
    tax_id="IE4670778T",
    phone="061 555 0180",
    email="sales@shannonmarine.example",
    bank="Allied Western Bank",
    iban="IE85AIBK64383067037798",
    bic="AIBKIE2D",
    register="Company No. 467077",
)
BE_BRUYN = Company(
    name="Drukkerij De Bruyn NV",
    street="Kouter 15",
    city="9000 Gent",
    country="België",
    tax_id="BE0754433237",
    phone="09 555 01 72",
    email="facturatie@debruyn.example",
    bank="Bank van Vlaanderen",
    iban="BE49792154969171",
    bic="BVVLBEBB",
)
AT_SENN = Company(
    name="Sennerei Montafon GmbH",
    street="Bahnhofstraße 8",
    city="6780 Schruns",
    country="Österreich",
    tax_id="ATU61740931",
    phone="05556 555 20",
    email="office@sennerei-montafon.example",
    bank="Montafoner Bank",
    iban="AT398428167428042205",
    bic="MOBKAT2BXXX",
)

BUYER_DE = Company(
    name="Seewind Anlagentechnik AG", street="Am Fischereihafen 3", city="27572 Bremerhaven", country="Deutschland"
)
BUYER_DE2 = Company(name="Praxis am Stadtgarten", street="Gartenweg 21", city="76137 Karlsruhe", country="Deutschland")
BUYER_US = Company(
    name="Halvorsen Adventure School", street="900 Alaskan Way, Suite 300", city="Portland, OR 97209", country="USA"
)
BUYER_US2 = Company(
    name="Meadowlark Dental Group", street="1207 Douglas Avenue", city="Topeka, KS 66603", country="USA"
)
BUYER_UK = Company(
    name="Pembury Museum Trust", street="14 Old Market Square", city="Bath BA1 1JB", country="United Kingdom"
)
BUYER_FR = Company(name="Hôtel des Remparts", street="5 place du Marché", city="21200 Beaune", country="France")
BUYER_ES = Company(name="Restaurante La Alameda S.L.", street="Calle Larios 12", city="29005 Málaga", country="España")
BUYER_IT = Company(
    name="Libreria Antica Porta S.n.c.", street="Corso Garibaldi 70", city="20121 Milano", country="Italia"
)
BUYER_NL = Company(name="Stadsverhuur Zwolle B.V.", street="Diezerkade 8", city="8021 CW Zwolle", country="Nederland")
BUYER_PT = Company(
    name="Garrafeira Central, Lda.", street="Rua das Flores 203", city="4050-265 Porto", country="Portugal"
)
BUYER_CH = Company(
    name="Thermenbetriebe Lenk AG", street="Badstrasse 2", city="3775 Lenk im Simmental", country="Schweiz"
)
# The carrier of ``rate_cards/northgale_parcel.xlsx``.
NORTHGALE = Company(
    name="Northgale Parcel Ltd",
    street="Depot 4, Norderstraße 210",
    city="28217 Bremen",
    country="Germany",
    tax_id="DE311000008",
    phone="+49 421 5550 330",
    email="billing@northgale-parcel.example",
    bank="Weserbank Bremen",
    iban="DE12700123450098121764",
    bic="WSERDE22XXX",
)
BUYER_IE = Company(
    name="Atlantic Ferry Services DAC", street="Ringaskiddy Deepwater Berth", city="Cork P43 R582", country="Ireland"
)
