pub-skip = Aller au contenu
pub-menu = Menu
pub-search = Rechercher
pub-search-label = Rechercher dans le journal
pub-search-go = Rechercher
pub-contact = Contact
pub-subscribe = S’abonner
pub-account = Compte
pub-sections = Rubriques
pub-about = Le journal
pub-follow = Chercher et suivre
pub-top = Haut de page
pub-founded = Fondé en { $year }
pub-by = Par
pub-and = et
pub-comma = ,
pub-published = Publié le
pub-updated = Mis à jour le
pub-time = { $hour } h { $tens }{ $ones }
pub-moment = { $date } à { $time }
pub-reading = { $minutes ->
    [one] { $minutes } minute de lecture
   *[other] { $minutes } minutes de lecture
}
pub-exclusive = Réservé aux abonnés
pub-sponsored = Contenu sponsorisé
pub-commissioned-by = Commandé et financé par { $sponsor }
pub-sponsored-module = Contenus sponsorisés
pub-sponsored-about = Comment sont faits ces contenus
pub-share = Partager
pub-share-mail = E-mail
pub-share-more = Autres moyens…
pub-give = Offrir cet article
pub-print = Imprimer
pub-corrections = { $count ->
    [one] Rectificatif
   *[other] Rectificatifs
}
pub-topics = Thèmes
pub-related = À lire aussi
pub-advertisement = Publicité
pub-advertisement-title = Votre annonce ici
pub-advertisement-text = Cet espace est lu jusqu’au bout par un public attentif. Il se loue à la journée ou à la semaine.
pub-advertisement-action = Demander les tarifs
pub-promotion = Le journal vous propose
pub-promotion-title = Lire tous les articles
pub-promotion-text = Un abonnement à { $paper } donne accès à tous les articles.
pub-promotion-action = Voir les abonnements
pub-latest = Dernières nouvelles
pub-opinion = Opinions
pub-picks = Le choix de la rédaction
pub-rivers = Par rubrique
pub-topic = Thème
pub-author = Signature
pub-count = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}
pub-empty = Rien n’a encore paru ici.
pub-pages = Pages
pub-newer = Articles plus récents
pub-older = Articles plus anciens
pub-page-of = Page { $page } sur { $pages }
pub-search-for = Recherche : « { $query } »
pub-search-hint = Cherchez un mot d’un titre ou d’un chapeau, une signature ou un thème.
pub-search-none = Aucun résultat pour « { $query } ». Essayez avec moins de mots, ou un autre mot.
pub-search-count = { $count ->
    [one] { $count } article pour « { $query } »
   *[other] { $count } articles pour « { $query } »
}
pub-missing-title = Cette page n’existe pas
pub-missing-text = L’adresse est peut-être mal saisie, ou l’article a été déplacé. Cherchez-le, ou commencez par les dernières nouvelles.

pub-language = Français
pub-read-in = Lire en français
pub-series = Série
pub-part = Partie { $part } sur { $parts }
pub-part-number = Partie { $part }
pub-part-previous = Partie précédente
pub-part-next = Partie suivante
pub-parts = { $count ->
    [one] { $count } partie
   *[other] { $count } parties
}
pub-parts-so-far = { $count } parties sur { $parts } parues
pub-next = Article suivant
pub-size = Taille du texte
pub-size-small = Petit texte
pub-size-usual = Texte habituel
pub-size-large = Grand texte
pub-size-largest = Très grand texte
pub-copy = Copier le lien
pub-copied = Le lien est copié.
pub-most-read = Les plus lus
pub-archive = Archives
pub-archive-day = Les { $count } articles du jour
pub-span = du { $from } au { $to }
pub-earlier = Plus tôt ce jour-là
pub-later = Plus tard ce jour-là
pub-years = Années
pub-write-to = Écrire à :
pub-corrections-page = Rectificatifs
pub-corrections-text = Nos erreurs, et la date à laquelle nous les avons rectifiées. Chaque rectificatif figure aussi sous son article.
pub-corrections-tell = Signaler une erreur
pub-corrections-all = Tous les rectificatifs
pub-corrections-none = Rien n’a dû être rectifié à ce jour.
pub-gone-title = Cet article a été retiré
pub-gone-text = Il a paru ici jusqu’au { $date } et n’y est plus.
