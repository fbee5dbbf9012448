prompt-period = { $period ->
    [week] in dieser Woche
    [days] { $days ->
        [1] innerhalb von 24 Stunden
       *[other] innerhalb von { $days } Tagen
    }
   *[month] in diesem Monat
}
prompt-countdown = { $left ->
    [0] Kein freier Artikel mehr { prompt-period }
    [one] Noch { $left } freier Artikel { prompt-period }
   *[other] Noch { $left } freie Artikel { prompt-period }
}
prompt-last-story = Dies ist Ihr letzter freier Artikel { prompt-period }
prompt-paywall-used-up = { $limit ->
    [one] Sie haben Ihren freien Artikel { prompt-period } gelesen.
    [2] Sie haben Ihre beiden freien Artikel { prompt-period } gelesen.
   *[other] Sie haben alle { $limit } freien Artikel { prompt-period } gelesen.
}
prompt-registration-used-up = { prompt-paywall-used-up } Mit einem kostenlosen Konto lesen Sie weiter.
prompt-renews = { $period ->
    [days] Ihr nächster freier Artikel steht ab dem { $renews } bereit.
   *[other] Neue freie Artikel erhalten Sie am { $renews }.
}
prompt-story-noun = Artikel
prompt-story-ending = { "" }

prompt-countdown-label = Ihre freien Artikel
prompt-payment-label = Ihr Abonnement
prompt-payment-trouble = Ihre letzte Zahlung ist nicht eingegangen. Bitte prüfen Sie Ihre Zahlungsdaten; Sie können weiterhin alles lesen.
prompt-payment-action = Zahlungsdaten prüfen
prompt-close = Hinweis schließen

prompt-unlimited = Unbegrenzter Zugang
prompt-paywall-title = Lesen Sie mit einem Abonnement weiter
prompt-paywall-exclusive = Dieser Artikel ist unseren Abonnenten vorbehalten.
prompt-registration-title = Lesen Sie mit einem kostenlosen Konto weiter
prompt-registration-pitch = Ein Konto bei { $publication } ist kostenlos und in einer Minute eingerichtet.
prompt-registered-only = Dieser Artikel ist registrierten Lesern vorbehalten
prompt-network-title = Heute gibt es hier keine freien Artikel mehr
prompt-network-pitch = Aus Ihrem Netz sind heute so viele neue Leser gekommen, dass keine freien Artikel mehr übrig sind. Morgen gibt es wieder welche.
prompt-trial-title = Ihr Probeabonnement ist beendet
prompt-trial-pitch = Wir hoffen, es hat Ihnen gefallen. Mit einem Abonnement lesen Sie { $publication } weiter.
prompt-ended-title = Ihr Abonnement ist beendet
prompt-ended-pitch = { $publication } würde sich freuen, Sie wieder zu begrüßen.
prompt-paused-title = Ihr Abonnement pausiert
prompt-paused-until = Ihr Abonnement pausiert bis zum { $resumes }
prompt-paused-pitch = Setzen Sie es fort, um { $publication } weiterzulesen. Was Sie bezahlt haben, bleibt Ihnen erhalten.
prompt-unavailable-title = Dieser Artikel kann gerade nicht vollständig angezeigt werden
prompt-unavailable = Bitte versuchen Sie es in einigen Minuten noch einmal.
prompt-benefits = Im Abonnement enthalten
prompt-benefit-stories = Alle Artikel, ohne Grenze
prompt-benefit-apps = Die Apps für Telefon und Tablet
prompt-benefit-print = Die gedruckte Ausgabe, frei Haus
prompt-subscribe = Abonnieren
prompt-renew = Abonnement erneuern
prompt-resume = Abonnement fortsetzen
prompt-register = Kostenloses Konto anlegen
prompt-all-offers = Alle Angebote ansehen
prompt-or-subscribe = Oder unbegrenzt lesen im Abonnement
prompt-already-subscriber = Sie haben schon ein Abonnement?
prompt-already-registered = Sie haben schon ein Konto?
prompt-sign-in = Anmelden

prompt-print-subscribe = Der Rest dieses Artikels ist Abonnenten vorbehalten ({ $publication }).
prompt-print-register = Der Rest dieses Artikels ist registrierten Lesern vorbehalten ({ $publication }).
