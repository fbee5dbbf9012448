subscription-title = Ihre Abonnements
subscription-none = Sie haben kein Abonnement.
subscription-offers = Alle Angebote ansehen
subscription-more = Mehr zu Ihrem Konto
subscription-group-paying = Zahlung und Rechnungen
subscription-group-giving = Geschenke und Angebote
subscription-group-you = Sie und Ihre Daten
subscription-redeem = Ein Geschenk einlösen
subscription-to-account = Zurück zu Ihrem Konto
subscription-gives = Das ist dabei
subscription-gifts = Geschenke, die Sie gekauft haben
subscription-gift-links = Artikel verschenken

subscription-state = { $state ->
    [active] Läuft
    [trial] Probeabo
    [trouble] Zahlung nötig
    [paused] Pausiert
    [ending] Endet bald
    [ended] Beendet
   *[unpaid] Noch nicht bezahlt
}
subscription-renews = Bezahlt bis { $day }. Danach verlängert es sich.
subscription-trial = Kostenlos bis { $day }. Danach geht es weiter wie unten angegeben.
subscription-trial-ends = Kostenlos bis { $day }. Es endet von selbst, und nichts wird abgebucht.
subscription-ending = Sie haben gekündigt. Sie können bis { $day } lesen; abgebucht wird nichts mehr.
subscription-expires = Gültig bis { $day }. Es endet von selbst; Sie müssen nicht kündigen.
subscription-for-good = Für immer Ihres.
subscription-given = Ein Geschenk von { $publication }, bis auf Weiteres.
subscription-given-until = Ein Geschenk von { $publication }, bis { $day }.
subscription-gift = Jemand hat es Ihnen geschenkt.
subscription-no-method = Bezahlt bis { $day }. Für danach ist keine Zahlungsart hinterlegt, deshalb endet es dann. Fügen Sie eine hinzu, um weiterzulesen.
subscription-price-ends = Sie haben dem höheren Preis nicht zugestimmt, deshalb endet es nach dem { $day }. Sie können es sich noch anders überlegen.
subscription-unpaid = Die erste Zahlung steht noch aus. Bezahlen Sie bis { $day }, sonst verfällt es von selbst.
subscription-grace = Sie können bis { $day } weiterlesen, solange die Zahlung offen ist.
subscription-paused = Pausiert. Es geht am { $day } von selbst weiter; bis dahin wird nichts abgebucht.
subscription-paused-ending = Pausiert bis { $day } und gekündigt: Es endet, wenn aufgebraucht ist, was Sie bezahlt haben.
subscription-ended = Beendet am { $day }. { $why ->
    [cancelled] Sie haben gekündigt.
    [trial] Das Probeabo war vorbei.
    [unpaid] Es wurde nie bezahlt.
    [failed] Die Zahlung ist fehlgeschlagen.
    [price] Sie haben dem höheren Preis nicht zugestimmt.
    [withdrawn] Sie haben den Vertrag widerrufen.
    [refunded] Sie haben Ihr Geld zurückbekommen.
    [bank] Ihre Bank hat die Zahlung zurückgeholt.
    [revoked] { $publication } hat es beendet.
   *[expired] Die Laufzeit war vorbei.
}
subscription-seat = Sie haben darin einen Platz; bezahlt wird es von jemand anderem.
subscription-seat-until = Sie haben darin bis { $day } einen Platz; bezahlt wird es von jemand anderem.
subscription-seat-ended = Sie hatten darin bis { $day } einen Platz.
subscription-seat-own = Dieses Abonnement bezahlen Sie. Um selbst damit zu lesen, nehmen Sie sich einen Platz.
subscription-seat-domain = Ihr Arbeitgeber ({ $domain }) gibt Ihnen darin einen Platz. Er kostet Sie nichts.
subscription-seat-domain-full = Ihr Arbeitgeber ({ $domain }) gibt Ihnen das, aber alle Plätze sind vergeben. Fragen Sie dort, wer sich darum kümmert.
subscription-change-then = Von da an ist es { $name } für { $rate }.
subscription-change-paid = Es wird { $name } für { $rate }, sobald der Unterschied bezahlt ist.
subscription-rise = Ab dem { $day } kostet es { $rate } statt { $old }. { $answer ->
    [accepted] Sie haben zugestimmt.
    [refused] Sie haben nicht zugestimmt.
    [accepts] Wenn Sie nichts sagen, stimmen Sie zu.
   *[refuses] Wenn Sie nichts sagen, endet es vorher.
}

subscription-pay-failed = { $reason ->
    [insufficient_funds] Die Zahlung von { $amount } ist fehlgeschlagen: Das Konto war nicht gedeckt. Bitte bezahlen Sie mit einer anderen Karte, oder versuchen Sie es noch einmal.
    [card_expired] Die Zahlung von { $amount } ist fehlgeschlagen: Die Karte ist abgelaufen. Bitte bezahlen Sie mit einer anderen.
    [card_blocked] Die Zahlung von { $amount } ist fehlgeschlagen: Die Karte ist gesperrt. Bitte bezahlen Sie mit einer anderen.
    [authentication_failed] Die Zahlung von { $amount } wurde bei Ihrer Bank nicht bestätigt. Bitte versuchen Sie es noch einmal.
    [refused] Ihre Bank hat die Zahlung von { $amount } abgelehnt und nicht gesagt, warum. Bitte bezahlen Sie mit einer anderen Karte, oder fragen Sie Ihre Bank.
   *[unknown] Die Zahlung von { $amount } ist fehlgeschlagen. Bitte versuchen Sie es noch einmal, oder bezahlen Sie mit einer anderen Karte.
}
subscription-pay-button = { $amount } bezahlen
subscription-pay-then = Mit der Karte, die Sie wählen, wird es jetzt bezahlt und auch, was später fällig ist.
subscription-pay-if-it-fails = Wenn die laufende Zahlung fehlschlägt, wird sie mit der Karte bezahlt, die Sie wählen, und auch, was später fällig ist.
subscription-card-then = Mit der Karte, die Sie wählen, wird ab der nächsten Abbuchung bezahlt. Heute wird nichts abgebucht.
subscription-pay-again = Wir versuchen es am { $day } noch einmal.
subscription-pay-waiting = Die Zahlung von { $amount } läuft. Sie müssen nichts tun.
subscription-pay-confirm = Ihre Bank möchte, dass Sie die Zahlung von { $amount } bestätigen.
subscription-change-confirm = Wenn Sie sie nicht bis zum { $day } bestätigen, bleibt Ihr Tarif, wie er ist.
subscription-pay-calling-off = Die Zahlung von { $amount }, nach der Ihre Bank fragt, wird zurückgezogen.

subscription-row-plan = Preis
subscription-row-next = Nächste Abbuchung
subscription-row-card = Zahlungsart
subscription-row-address = Lieferadresse
subscription-row-seats = Plätze
subscription-next = { $amount } am { $day }
subscription-card = { $card }, gültig bis { $until }
subscription-seats-taken = { $taken } von { $seats } vergeben

subscription-do = { $what ->
    [pay] Jetzt bezahlen
    [pay-other] Mit einer anderen Karte bezahlen
    [resume] Weiterlesen
    [keep] Abonnement behalten
    [price] Zum neuen Preis
    [keep-plan] Tarif behalten
    [change] Tarif wechseln
    [seats] Plätze verwalten
    [address] Lieferadresse ändern
    [card] Zahlungsart ändern
    [pause] Pausieren
    [cancel] Kündigen
    [withdraw] Vertrag widerrufen
   *[again] Wieder abonnieren
}
subscription-ask-title = { $what ->
    [pay] { $name } bezahlen
    [card] Wie { $name } bezahlt wird
    [cancel] { $name } kündigen
    [keep] { $name } behalten
    [pause] { $name } pausieren
    [resume] { $name } fortsetzen
    [keep-plan] { $name } unverändert behalten
    [price] Der neue Preis von { $name }
   *[withdraw] { $name } widerrufen
}
subscription-ask-button = { $what ->
    [card] Von jetzt an damit bezahlen
    [cancel] Abonnement kündigen
    [keep] Abonnement behalten
    [pause] Heute pausieren
    [resume] Heute fortsetzen
    [keep-plan] Tarif behalten
    [price] Ich stimme zu
   *[withdraw] Vertrag widerrufen
}
subscription-done = { $what ->
    [pay] Danke. Es ist bezahlt, und Ihr Abonnement geht weiter.
    [card] Von jetzt an wird mit der Karte bezahlt, die Sie gewählt haben.
    [address] Von jetzt an wird dorthin geliefert.
    [cancel-then] Ihr Abonnement ist gekündigt. Sie können bis { $day } lesen.
    [cancel] Ihr Abonnement ist beendet, wie Sie es wollten.
    [keep] Ihr Abonnement geht weiter.
    [pause] Ihr Abonnement ist pausiert. Es geht am { $day } von selbst weiter.
    [resume] Willkommen zurück. Ihr Abonnement geht weiter.
    [change] Ihr Tarif ist gewechselt.
    [unchanged] Die Zahlung ist fehlgeschlagen. Ihr Tarif bleibt, wie er war.
    [change-then] Ihr Tarif wechselt am { $day }.
    [keep-plan] Alles bleibt, wie es ist.
    [price] Danke. Sie haben dem neuen Preis zugestimmt.
    [price-refused] Sie haben dem neuen Preis nicht zugestimmt. Solange er noch nicht gilt, können Sie es sich anders überlegen.
   *[withdraw] Sie haben den Vertrag widerrufen. Er ist beendet.
}

subscription-cancel-until = Sie können bis { $day } lesen; so lange ist bezahlt. Danach wird nichts mehr abgebucht.
subscription-cancel-now = Es endet sofort, denn bezahlt ist nichts mehr. Abgebucht wird nichts mehr.
subscription-cancel-paused = Was Sie bezahlt und noch nicht genutzt haben, bleibt Ihnen nach der Pause; dann endet es. Abgebucht wird nichts mehr.
subscription-cancel-waiting = Eine Zahlung läuft. Gelingt sie, können Sie bis zum Ende des bezahlten Zeitraums lesen; wenn nicht, endet es sofort. Abgebucht wird nichts mehr.
subscription-cancel-back = Bis dahin können Sie es sich anders überlegen.
subscription-cancel-why = Warum gehen Sie?
subscription-cancel-reason = { $reason ->
    [price] Es ist mir zu teuer
    [time] Mir fehlt die Zeit zum Lesen
    [content] Es ist nicht, was ich lesen möchte
    [technical] Etwas funktioniert nicht richtig
    [competitor] Ich lese jetzt etwas anderes
   *[other] Etwas anderes
}
subscription-cancel-words = Möchten Sie uns mehr dazu sagen?
subscription-stay-title = Bevor Sie gehen
subscription-stay-button = Dieses Angebot ansehen

subscription-address-title = Lieferadresse
subscription-address-says = Wir liefern an diese Adresse. Eine Änderung gilt ab sofort.
subscription-keep-plan-calls-off = Die Zahlung, nach der Ihre Bank fragt, wird zurückgezogen.
subscription-goes-on = Es geht weiter wie bisher.
subscription-goes-on-paid = Es geht weiter wie bisher. Am { $day } buchen wir { $amount } ab: { $card }.
subscription-pause-says = Es ist ab sofort pausiert. Sie können so lange nicht lesen, und nichts wird abgebucht.
subscription-pause-left = { $count ->
    [one] Ein Tag ist noch bezahlt. Er kommt nach der Pause.
   *[other] { $count } Tage sind noch bezahlt. Sie kommen nach der Pause.
}
subscription-pause-day = An welchem Tag soll es weitergehen?
subscription-pause-day-hint = Spätestens am { $day }. Früher weitermachen können Sie jederzeit.
subscription-resume-says = Sie können sofort wieder lesen. Was Sie bezahlt haben, reicht bis { $day }.
subscription-price-refuse = Ich stimme nicht zu
subscription-price-refusing = Wenn Sie nicht zustimmen, lesen Sie bis { $day } zum alten Preis; dann endet es.
subscription-withdraw-says = Es endet sofort, und Sie können nicht mehr lesen.
subscription-withdraw-back = Sie bekommen { $amount } zurück, auf dem Weg, auf dem Sie bezahlt haben.
subscription-withdraw-nothing = Zurück gibt es nichts: Es wurde nichts bezahlt, oder es ist aufgebraucht.
subscription-withdraw-until = Dieses Recht haben Sie bis { $day }.

subscription-gifts-pitch = Der Code eines Geschenks kam per E-Mail, als es bezahlt war.
subscription-gifts-none = Sie haben keine Geschenke gekauft.
subscription-gift-state = { $state ->
    [ready] Einzulösen
    [redeemed] Eingelöst
    [ended] Vorbei
   *[unpaid] Noch nicht bezahlt
}
subscription-gift-unpaid = Die Zahlung steht noch aus.
subscription-gift-lapses = Wenn es bis zum { $day } nicht bezahlt ist, verfällt es von selbst, und nichts wird abgebucht.
subscription-gift-pay-title = Ein Geschenk, das noch nicht bezahlt ist
subscription-gift-pay = Bezahlen oder aufgeben
subscription-gift-give-up = Doch nicht schenken
subscription-gift-given-up = Das Geschenk ist aufgegeben, und nichts wird abgebucht.
subscription-gift-ready = Noch hat es niemand eingelöst. Der Code gilt bis { $day }.
subscription-gift-redeemed = Jemand liest damit.
subscription-gift-ended = { $why ->
    [unpaid] Es wurde nie bezahlt.
    [refunded] Sie haben Ihr Geld zurückbekommen.
    [bank] Ihre Bank hat die Zahlung zurückgeholt.
   *[expired] Niemand hat es rechtzeitig eingelöst.
}
subscription-gift-bought = Gekauft am { $day }.
subscription-gift-send-title = Ein Geschenk noch einmal schicken
subscription-gift-send = Adresse ändern oder noch einmal schicken
subscription-gift-send-hint = Ging der Code vorher an eine andere Adresse, gilt der dorthin geschickte nicht mehr.
subscription-gift-send-button = Code schicken
subscription-gift-sent = Der Code ist unterwegs.
subscription-gift-sent-too-often = Der Code ist so oft verschickt worden, wie es geht. Bitte übergeben Sie ihn selbst.
subscription-gift-sent-not = Er lässt sich nicht mehr verschicken. Wie es steht, sehen Sie unten.

subscription-plan-title = Ein anderer Tarif
subscription-plan-now = Sie haben jetzt { $name }. Wählen Sie, was Ihnen lieber wäre; was es kostet, erfahren Sie, bevor Sie sich entscheiden.
subscription-plan-none = Es gibt keinen anderen Tarif, zu dem Sie wechseln könnten.
subscription-plan-at-once = Sofort wechseln
subscription-plan-later = Zum Ende des Zeitraums wechseln
subscription-plan-to = Zu { $name } wechseln
subscription-plan-button = Tarif wechseln
subscription-plan-charged = Sie wechseln sofort. Heute buchen wir { $amount } ab ({ $card }): was es für die schon bezahlte Zeit mehr kostet.
subscription-plan-back = Sie wechseln sofort. Sie bekommen { $amount } zurück, auf dem Weg, auf dem Sie bezahlt haben: was es für die schon bezahlte Zeit weniger kostet.
subscription-plan-free = Sie wechseln sofort. Heute wird nichts abgebucht.
subscription-plan-then = Sie wechseln am { $day }. Bis dahin bleibt alles, wie es ist, und heute wird nichts abgebucht.
subscription-plan-next = Am { $day } buchen wir { $amount } ab.
subscription-plan-rate = Danach kostet es { $rate }, bis Sie es beenden.
subscription-plan-changed = Was es kostet, hat sich geändert, seit Sie die Seite geöffnet haben, und nichts ist geschehen. Bitte sehen Sie noch einmal hin.
subscription-plan-stays = Ihr Tarif bleibt, wie er war.

subscription-seats-title = Plätze
subscription-seats-more = { $count ->
    [one] Und einer mehr.
   *[other] Und { $count } mehr.
}
subscription-seat-waiting = Platz { $number }: eingeladen, noch nicht angenommen
subscription-seat-somebody = Jemand, dessen Konto geschlossen ist
subscription-seat-free = Platz zurücknehmen
subscription-seat-recall = Einladung zurückziehen
subscription-seat-mail = Wen möchten Sie einladen?
subscription-seats-yourself = Sie bezahlen sie. Um selbst zu lesen, laden Sie auch Ihre eigene Adresse ein.
subscription-seat-invite = Einladung schicken
subscription-seat-invited = Die Einladung ist unterwegs.
subscription-seat-freed = Der Platz ist frei.
subscription-seats-open = Wer ohne Einladung kommt
subscription-seats-open-how = Wer eine Adresse Ihrer Firma hat, kann selbst einen Platz nehmen, und in Ihrem Netz braucht man keinen. Schreiben Sie an { $publication }, um das einzurichten oder zu ändern.
subscription-seat-title = Sie sind eingeladen
subscription-seat-says = Darin hält Ihnen jemand einen Platz frei und bezahlt ihn. Er kostet Sie nichts.
subscription-seat-account = Ihr Platz gehört zu einem Konto. Es ist kostenlos, und Sie kommen gleich hierher zurück.
subscription-seat-seen = Wer den Platz bezahlt, sieht die E-Mail-Adresse Ihres Kontos, solange Sie ihn haben.
subscription-seat-button = Platz annehmen
subscription-seat-yours-title = Der Platz gehört Ihnen
subscription-seat-yours = Sie können sofort lesen. Brauchen Sie den Platz nicht mehr, geben Sie ihn in Ihrem Konto zurück.
subscription-seat-over-title = Diese Einladung lässt sich nicht verwenden
subscription-seat-leave = Platz zurückgeben
subscription-card-none = Es ist keine Karte hinterlegt.
subscription-payment-title = Zahlung
subscription-payment-none = Sie haben nichts, das regelmäßig bezahlt wird.
subscription-payment-cards = Ihre Karten
subscription-payment-until = gültig bis { $until }
subscription-payment-remove = Entfernen
subscription-payment-removed = Die Karte ist entfernt.
subscription-billing-title = Angaben auf Rechnungen
subscription-billing-pitch = Stehen ab jetzt auf Ihren Rechnungen. Rechnungen, die es schon gibt, bleiben, wie sie sind.
subscription-billing-name = Name der Person oder Firma
subscription-billing-vat-hint = Für Unternehmen. Wie Ihr Abo besteuert wird, wurde beim Abschluss festgelegt; schreiben Sie an { $publication }, wenn sich das ändern muss.
subscription-billing-done = Gespeichert.
subscription-billing-forget = Diese Angaben entfernen
subscription-billing-needed = Eines Ihrer Abos wird als das eines Unternehmens besteuert; seine Rechnungen brauchen eine Umsatzsteuer-ID. Bitte schreiben Sie zuerst an { $publication }, um das zu ändern.
subscription-billing-vat-needed = Eines Ihrer Abos wird als das eines Unternehmens besteuert. Bitte behalten Sie eine Umsatzsteuer-ID, oder schreiben Sie an { $publication }.
