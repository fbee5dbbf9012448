shop-name = { shop-kind }
shop-kind = { $kind ->
    [bundle] Gedruckt und digital
    [print] Die gedruckte Ausgabe
    [story] Dieser Artikel
    [pass] Alles, auf Zeit
    [gift] Geschenkabonnement
    [team] Teamabonnement
   *[digital] Digital
}
shop-benefit = { $grant ->
    [read] { prompt-benefit-stories }
    [apps] { prompt-benefit-apps }
    [print] { prompt-benefit-print }
   *[other] { $grant }
}
shop-benefit-story = Dieser Artikel, auf allen Ihren Geräten
shop-once-ends = Endet von selbst.
shop-once-good = Gehört Ihnen auf Dauer.
shop-each = je Leserin oder Leser

shop-title = { $publication } abonnieren
shop-pitch = Wählen Sie, was zu Ihnen passt. Sie können sofort weiterlesen.
shop-choose = Auswählen
shop-choose-gift = Verschenken
shop-group-once = Ohne Abonnement
shop-group-team = Für mehrere
shop-group-gift = Zum Verschenken
shop-badge = { $audience ->
    [lapsed] Willkommen zurück
    [registered] Für Registrierte
    [subscribers] Für Abonnenten
   *[new] Für neue Leserinnen und Leser
}
shop-badge-code = Mit Ihrem Code
shop-badge-nearest = Kommt dem am nächsten
shop-currency = Preise in
shop-code-open = Ich habe einen Code
shop-code-button = Einlösen
shop-code-wrong = Zu diesem Code gibt es derzeit kein Angebot. Prüfen Sie, ob er richtig geschrieben ist; auch Codes laufen ab.
shop-none = Zurzeit wird hier nichts verkauft.
shop-none-here = In dieser Währung wird nichts verkauft.
shop-signed-out = Haben Sie schon ein Abonnement?
shop-redeem-link = Haben Sie ein Abonnement geschenkt bekommen?
shop-current = Sie haben ein Abonnement.
shop-your-account = Ihr Konto

shop-gone-over = Dieses Angebot endete am { $day }.
shop-gone-ahead = Dieses Angebot beginnt am { $day }.
shop-gone-unknown = Dieses Angebot gibt es nicht mehr.
shop-gone-others = Dieses Angebot ist für andere bestimmt.
shop-gone-used-up = Dieses Angebot ist vergriffen.
shop-gone-had = Dieses Angebot hatten Sie schon einmal.
shop-gone-currency = Dieses Angebot gibt es nicht in dieser Währung.
shop-gone-free = Es wurde nichts abgebucht.

shop-checkout = { $kind ->
    [gift] Ein Abonnement verschenken
    [once] Zugang kaufen
   *[subscription] Abonnieren
}
shop-account-title = Zuerst Ihr Konto
shop-account-pitch = Darin bleibt, was Sie kaufen. Sie kommen gleich hierher zurück.
shop-summary = Was Sie bekommen
shop-other-offer = Ein anderes Angebot
shop-today = Heute
shop-nothing = Nichts
shop-tax = Darin enthalten: { $amount } Steuer ({ $rate })
shop-tax-reversed = Es wird keine Steuer berechnet: Als Unternehmen im Ausland schulden Sie sie selbst.
shop-from = Ab { $day }: { $what }
shop-times = { $count ->
    [one] { $rate }, einmal
   *[other] { $rate }, { $count }-mal
}
shop-terms = In klaren Worten
shop-term-renews = Es verlängert sich, bis Sie kündigen. Sie können jederzeit in Ihrem Konto kündigen und lesen dann bis zum Ende des bezahlten Zeitraums weiter.
shop-term-ends = Es endet von selbst am { $day }. Danach wird nichts abgebucht.
shop-term-good = Es gehört Ihnen auf Dauer. Danach wird nichts abgebucht.
shop-term-remind = { $days ->
    [one] Einen Tag, bevor Ihre Probezeit endet, schreiben wir Ihnen.
   *[other] { $days } Tage, bevor Ihre Probezeit endet, schreiben wir Ihnen.
}
shop-term-rise = { $days ->
    [one] Einen höheren Preis würden wir einen Tag vorher ankündigen.
   *[other] Einen höheren Preis würden wir { $days } Tage vorher ankündigen.
}
shop-term-rise-asked = { $days ->
    [one] Einen höheren Preis würden wir einen Tag vorher ankündigen; er gilt nur, wenn Sie zustimmen.
   *[other] Einen höheren Preis würden wir { $days } Tage vorher ankündigen; er gilt nur, wenn Sie zustimmen.
}
shop-term-withdraw-full = { $days ->
    [one] Sie können innerhalb eines Tages widerrufen und bekommen alles zurück.
   *[other] Sie können innerhalb von { $days } Tagen widerrufen und bekommen alles zurück.
}
shop-term-withdraw-part = { $days ->
    [one] Sie möchten sofort lesen. Sie können innerhalb eines Tages widerrufen und bekommen zurück, was Sie nicht genutzt haben.
   *[other] Sie möchten sofort lesen. Sie können innerhalb von { $days } Tagen widerrufen und bekommen zurück, was Sie nicht genutzt haben.
}
shop-term-waived = Sie möchten sofort lesen und wissen, dass Sie danach nicht mehr widerrufen können.
shop-term-gift = Der Code wird verschickt, sobald bezahlt ist. Wer ihn bekommt, kann ihn { $length } lang einlösen.
shop-term-gift-once = Es wird einmal bezahlt, heute. Nichts verlängert sich.
shop-consent = Ich stimme diesen Bedingungen zu.
shop-consent-missing = Bitte setzen Sie hier ein Häkchen.
shop-changed = Die Beträge oder Bedingungen sind andere als zuvor. Bitte sehen Sie sie noch einmal an; es wurde nichts abgebucht.

shop-you = Zu Ihnen
shop-country = Land
shop-country-hint = Davon hängt die Steuer ab.
shop-country-missing = Bitte wählen Sie ein Land.
shop-business = Ich kaufe für ein Unternehmen
shop-business-name = Name des Unternehmens
shop-business-street = Straße und Hausnummer
shop-business-city = Postleitzahl und Ort
shop-vat = Umsatzsteuer-ID
shop-vat-hint = Ohne sie berechnen wir Steuer wie bei allen.
shop-vat-wrong = Das ist keine Umsatzsteuer-ID des gewählten Landes. Bitte prüfen Sie sie, oder lassen Sie sie weg.
shop-seats = Für wie viele
shop-seats-hint = Von { $least } bis { $most }.
shop-seats-wrong = Bitte schreiben Sie eine Zahl von { $least } bis { $most }.
shop-update = Neue Beträge zeigen
shop-post = Wohin geliefert wird
shop-post-name = Name am Briefkasten
shop-post-street = Straße und Hausnummer
shop-post-more = Stockwerk, bei wem
shop-post-city = Ort
shop-post-region = Bundesland oder Provinz
shop-post-code = Postleitzahl
shop-too-long = Bitte schreiben Sie höchstens { $most } Zeichen.
shop-line-wrong = Bitte schreiben Sie es in eine Zeile, ohne Sonderzeichen.
shop-gift-who = Wer es bekommt
shop-gift-to = Name
shop-gift-mail = E-Mail-Adresse der beschenkten Person
shop-gift-mail-hint = Lassen Sie das Feld leer, um den Code selbst zu überreichen.
shop-gift-from = Ihr Name, wie er auf der Karte steht
shop-gift-words = Ein paar Worte
shop-method = Wie Sie bezahlen
shop-method-known = { $card }, gültig bis { $until }
shop-method-new = Eine andere Karte
shop-method-missing = Bitte wählen Sie eine Karte.
shop-card-number = Kartennummer
shop-card-expires = Gültig bis (Monat/Jahr)
shop-card-code = Prüfnummer
shop-card-sandbox = Hier fließt kein Geld: Dies ist eine Testumgebung. Geben Sie nie eine echte Karte ein. 4242 4242 4242 4242 funktioniert, mit jedem künftigen Datum und jeder Prüfnummer.
shop-card-number-wrong = Die Testumgebung nimmt nur ihre eigenen Nummern, etwa 4242 4242 4242 4242.
shop-card-expires-wrong = Bitte schreiben Sie Monat und Jahr, etwa 05/30, einer Karte, die noch gültig ist.
shop-card-code-wrong = Bitte schreiben Sie die drei oder vier Ziffern.
shop-card-stripe = Ihre Karte
shop-card-stripe-hint = Die Nummer geht an Stripe und bleibt dort. Wir sehen sie nie.
shop-card-script = Karten werden mit einem Skript von Stripe eingegeben. Bitte erlauben Sie Skripte für diese Seite, und laden Sie sie neu.
shop-card-failed = Die Karte konnte nicht eingegeben werden. Bitte prüfen Sie sie, oder versuchen Sie eine andere.
shop-card-many = Das wurde sehr oft versucht. Bitte warten Sie einige Minuten und versuchen Sie es dann noch einmal; es wurde nichts abgebucht.
shop-card-loading = Das Kartenfeld wird geladen …
shop-pay = Zahlungspflichtig abonnieren: { $amount }
shop-pay-later = Zahlungspflichtig abonnieren, heute kostenlos
shop-pay-once = Zahlungspflichtig kaufen: { $amount }
shop-pay-nothing = Beginnen

shop-declined = { $reason ->
    [insufficient_funds] Das Guthaben reicht nicht aus. Bitte versuchen Sie eine andere Karte.
    [card_expired] Die Karte ist abgelaufen. Bitte versuchen Sie eine andere.
    [card_blocked] Die Karte ist gesperrt. Bitte fragen Sie Ihre Bank, oder versuchen Sie eine andere.
    [authentication_failed] Sie wurde bei Ihrer Bank nicht bestätigt. Bitte versuchen Sie es noch einmal, oder mit einer anderen Karte.
    [provider_error] Es ging gerade nicht. Bitte versuchen Sie es gleich noch einmal.
    [voided] Sie wurde abgebrochen. Bitte versuchen Sie es noch einmal.
    [never_answered] Niemand hat uns gesagt, was daraus geworden ist. Bitte sehen Sie nach, ob gebucht wurde, bevor Sie es noch einmal versuchen.
   *[refused] Die Bank hat abgelehnt und sagt nicht, warum. Bitte fragen Sie Ihre Bank, oder versuchen Sie eine andere Karte.
}
shop-declined-title = Die Zahlung ist nicht durchgegangen
shop-kept-many = { $minutes ->
    [one] Das waren zu viele Versuche. Was Sie eingegeben haben, steht noch da: Bitte warten Sie eine Minute und schicken Sie es dann noch einmal ab. Eine Karte ist neu einzugeben.
   *[other] Das waren zu viele Versuche. Was Sie eingegeben haben, steht noch da: Bitte warten Sie { $minutes } Minuten und schicken Sie es dann noch einmal ab. Eine Karte ist neu einzugeben.
}
shop-kept-old = Es ist nichts geschehen: Die Seite war zu lange offen, oder Sie haben sich inzwischen an- oder abgemeldet. Was Sie eingegeben haben, steht noch da; bitte sehen Sie es an und schicken Sie es noch einmal ab. Eine Karte ist neu einzugeben.

shop-has-title = Das haben Sie schon
shop-has = Was Sie haben, schließt es ein. In Ihrem Konto können Sie es ändern.
shop-used-title = Dieses Formular ist benutzt
shop-used = Es wurde schon für etwas anderes abgeschickt. Bitte öffnen Sie das Angebot noch einmal.
shop-story-title = Dieser Artikel wird nicht einzeln verkauft
shop-story-missing = Öffnen Sie den Artikel, den Sie möchten, und wählen Sie es dort.

shop-welcome-title = Willkommen bei { $publication }
shop-welcome = Alles steht Ihnen jetzt offen. Ein Beleg ist unterwegs zu Ihnen.
shop-welcome-free = Alles steht Ihnen jetzt offen. Wir haben Ihnen geschrieben, was vereinbart ist.
shop-welcome-once = Es steht Ihnen jetzt offen. Ein Beleg ist unterwegs zu Ihnen.
shop-welcome-team = Laden Sie jetzt von Ihrem Konto aus Ihr Team ein. Ein Beleg ist unterwegs zu Ihnen.
shop-welcome-delivered = Es gehört jetzt Ihnen. Was Sie gekauft haben, haben wir Ihnen geschrieben.
shop-welcome-story = Dort weiterlesen, wo Sie waren
shop-welcome-home = Zur Titelseite
shop-gift-done-title = Danke: Das Geschenk ist bezahlt
shop-gift-done = Der Code ist per Mail unterwegs, und ein Beleg zu Ihnen.
shop-gift-done-self = Der Code ist mit einem Beleg unterwegs zu Ihnen, damit Sie ihn überreichen können.
shop-gift-code = Der Code:
shop-gift-mailed = Er geht an { $mail }. Wenn das vertippt ist oder nichts ankommt, geben Sie den Code selbst weiter.
shop-wait-title = Ihre Zahlung läuft
shop-wait = Wir warten auf Nachricht. Sie müssen nichts tun: Diese Seite sieht von selbst wieder nach, und nichts wird zweimal abgebucht.
shop-wait-again = Jetzt nachsehen
shop-wait-leave = Sie können diese Seite auch schließen. Wir schreiben Ihnen, sobald feststeht, was daraus geworden ist.
shop-bank-title = Zahlung bestätigen
shop-bank-sandbox = Diese Seite spielt Ihre Bank. { $publication } bittet um { $amount }.
shop-bank-yes = Zahlung bestätigen
shop-bank-no = Nicht bezahlen
shop-bank-other = Mit einer anderen Karte zahlen
shop-bank-stripe = Ihre Bank möchte, dass Sie { $amount } bestätigen. Ihr Fenster öffnet sich, wenn Sie auf den Knopf drücken.
shop-again = Noch einmal versuchen
shop-otherwise = { $how ->
    [past_due] Die letzte Zahlung ist nicht gelungen. Vorerst bleibt alles offen; in Ihrem Konto sehen Sie, bis wann, und können zahlen.
    [paused] Es pausiert. In Ihrem Konto können Sie es fortsetzen.
    [redeemed] Das Geschenk ist eingelöst. Danke, dass Sie es gemacht haben.
    [gift_ended] Das Geschenk kann nicht mehr eingelöst werden. In Ihrem Konto steht, wie es damit steht.
   *[ended] Es ist zu Ende. In Ihrem Konto stehen die Zahlungen und Rechnungen.
}
shop-over-title = Dieser Kauf ist vorbei
shop-over = Er kann nicht mehr bezahlt werden. Es wurde nichts abgebucht; Sie können neu beginnen.

shop-redeem-title = Geschenk einlösen
shop-redeem-pitch = Der Code steht auf der Karte oder in der Mail, die Sie bekommen haben.
shop-redeem-code = Code des Geschenks
shop-redeem-button = Ansehen
shop-redeem-take = Geschenk einlösen
shop-redeem-for = Für { $name }
shop-redeem-from = Von { $name }
shop-redeem-unknown = Zu diesem Code gibt es kein Geschenk. Bitte prüfen Sie, ob er richtig geschrieben ist.
shop-redeem-replaced = Dieser Code wurde ersetzt: Das Geschenk wurde noch einmal verschickt, an eine andere Adresse. Bitte fragen Sie die Person, von der es kommt, nach dem neuen.
shop-redeem-redeemed = Dieses Geschenk wurde schon eingelöst. Ein Code gilt einmal.
shop-redeem-unpaid = Dieses Geschenk ist noch nicht bezahlt. Versuchen Sie es später, oder fragen Sie, wer es geschenkt hat.
shop-redeem-over = Dieses Geschenk kann nicht mehr eingelöst werden. Bitte fragen Sie, wer es geschenkt hat.
shop-redeem-account = Ihr Geschenk gehört zu einem Konto. Es ist kostenlos, und Sie kommen gleich hierher zurück.
shop-redeem-free = Sie bezahlen nichts, und nichts verlängert sich.
shop-redeem-has = Was es gibt, haben Sie schon. Der Code bleibt bis zum { $day } gültig: Lösen Sie ihn ein, wenn zu Ende ist, was Sie haben, oder geben Sie ihn weiter.
