invoice-list = Rechnungen
invoice-none = Es gibt noch keine Rechnungen.
invoice-kind = { $kind ->
    [credit] Gutschrift
   *[invoice] Rechnung
}
invoice-title = { invoice-kind } { $number }
invoice-corrects = Berichtigt die Rechnung { $number }.
invoice-seller = Verkäufer
invoice-buyer = Käufer
invoice-vat-id = USt-IdNr. { $id }
invoice-number = Nummer
invoice-date = Datum
invoice-lines = Was verkauft wurde
invoice-what = Beschreibung
invoice-quantity = Menge
invoice-count = { $count }
invoice-rate = Steuer
invoice-net = Netto
invoice-sum-net = Summe ohne Steuer
invoice-tax = USt { $rate } ({ $country }) auf { $net }
invoice-total = Gesamtbetrag
invoice-plan-name = { $publication }, { $plan }
invoice-plan = Abonnement: { $name }
invoice-difference = Unterschied zu { $name }
invoice-unused = Nicht genutzt von { $name }
invoice-gift = Geschenk: { $name }
invoice-refund = Erstattung
invoice-days = { $from } bis { $to }
invoice-from = Ab { $from }
invoice-rate-reversed = Umkehrung
invoice-paid = Bezahlt.
invoice-given-back = Der Betrag wurde auf dem Weg erstattet, auf dem er bezahlt wurde.
invoice-reverse-charge = Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge).
invoice-no-tax = Es wird keine Umsatzsteuer berechnet.
