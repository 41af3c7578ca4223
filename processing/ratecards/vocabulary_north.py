"""The words of carriers' headers in the languages of the north and the east of Europe. Pure."""

from __future__ import annotations

NORTH_AND_EAST: dict[str, str] = {
    "carrier": """
        transportor| fraktforare| transportfirma| dopravce| dopravca| fuvarozo| transportator| kuljetusliike| tasiyici|
        speditor| speditør""",
    "service": """
        tjeneste| tjanst| ydelse| produkt| palvelu| usluga| sluzba| szolgaltatas| serviciu| hizmet| typ przesylki""",
    "origin": """
        fra| fran| afsender| avsender| avsandare| lastested| lastningsort| lahtopaikka| miejsce zaladunku| zaladunek|
        odesilatel| nakladka| misto nakladky| felrakas| incarcare| plecare| yukleme| avgang| avgangsort| afgang""",
    "destination": """
        til| till| modtager| mottaker| mottagare| lossested| lossningsort| maarapaikka| miejsce rozladunku| rozladunek|
        kierunek| zeme| kraj| kraje| krajina| stat| orszag| tara| ulke| maa| land og by| mesto| misto vykladky|
        vykladka| cil| postnr| postnummer| postnumre| postnummeromrade| postinumero| kod pocztowy| psc| iranyitoszam|
        cod postal| posta kodu| destinatie| leveringsland| lan| laani| fylke| kommune| wojewodztwo| okres| judet""",
    "zone": """
        zon| sone| strefa| zona| pasmo| zonenummer| vyohyke| bolge| ovezet| takstzone| taxezon| prisomrade""",
    "equipment": """
        typ vozidla| vozidlo| typ pojazdu| pojazd| biltype| biltyp| koretoj| kjoretoy| fordon| jarmu| vehicul| arac|
        kolli type| emballage| pallstorlek""",
    "weight_from": """
        vaegt fra| vekt fra| vikt fran| paino alkaen| waga od| hmotnost od| suly tol| greutate de la""",
    "weight_to": """
        vaegt til| vaegt op til| vekt til| vekt inntil| vikt till| vikt upp till| paino enintaan| waga do| hmotnost do|
        suly ig| greutate pana la| til og med kg| inntil kg| t o m kg| do kg| op til kg| upp till kg""",
    "break": """
        vaegt| vaegtklasse| vekt| vektklasse| vikt| viktklass| viktintervall| paino| painoluokka| waga| masa| przedzial
        wagowy| hmotnost| vahove pasmo| suly| sulyhatar| greutate| agirlik| fraktpliktig vekt| fraktdragande vikt""",
    "price": """
        pris| takst| frakt| fragt| fraktpris| fragtpris| belob| beløp| belopp| hinta| rahti| cena| stawka| koszt|
        fracht| sazba| cena bez dph| prepravne| dij| ar| pret| tarif| fiyat| ucret| pris per 100 kg| pris pr 100 kg|
        sazba za km| stawka za km| cena za km| pris per km| pris pr km| cena za kg| stawka za kg| pris per kg""",
    "minimum": """
        minimifrakt| minimumfragt| minimumsfragt| minstefrakt| minimumsfrakt| minpris| minimipris| minimirahti|
        minimalna oplata| oplata minimalna| cena minimalna| minimum przesylka| minimalni cena| minimalni sazba|
        minimalne prepravne| minimalis dij| tarif minim| asgari ucret""",
    "percent": "procent| prosent| prosentti| procenta| szazalek",
    "currency": "mena| waluta| valuutta| penznem| moneda| para birimi",
    "unit": "enhed| enhet| yksikko| jednostka| jednotka| egyseg| unitate| birim",
    "transit_days": """
        leveringstid| ledtid| transporttid| toimitusaika| czas dostawy| czas tranzytu| dni robocze| doba doruceni|
        doba prepravy| szallitasi ido| termen de livrare| dage| dagar| dager| paivaa| dni| dny""",
    "surcharge": """
        tillaeg| tillegg| tillagg| gebyr| avgift| tilleggstjeneste| tillaegsydelse| tillaggstjanst| lisamaksu|
        lisapalvelu|
        oplata| oplata dodatkowa| doplata| usluga dodatkowa| priplatek| poplatek| doplnkova sluzba| potdij| taxa|
        serviciu suplimentar| ek ucret""",
    "condition": "bemaerkning| merknad| anmarkning| huomautus| uwagi| poznamka| megjegyzes| observatii| aciklama",
    "distance_to": "km do| do km| km til| til km| km till| upp till km| op til km| etaisyys km",
    "ignore": "nosnost| nosnost kg| ladownosc| ladownosc kg| lastevne| lasteevne| lastkapacitet| kantavuus",
}
