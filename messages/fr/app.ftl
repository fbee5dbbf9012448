## L’application : les articles enregistrés, et leurs copies sur un appareil.

app-title = Liste de lecture
app-front = Une
app-search = Recherche
app-pitch = Les articles que vous avez enregistrés, pour plus tard et pour là où il n’y a pas de réseau.
app-anonymous = Connectez-vous pour enregistrer des articles et voir votre liste.
app-sign-in = Se connecter
app-lacks = Enregistrer des articles et les lire hors ligne fait partie des abonnements qui comprennent les applications. Vous pouvez continuer à lire ici comme avant.
app-offers = Voir nos offres
app-lease = { $days ->
    [1] Les copies restent un jour sur cet appareil et sont renouvelées chaque fois que vous êtes en ligne. La déconnexion les supprime.
   *[other] Les copies restent jusqu’à { $days } jours sur cet appareil et sont renouvelées chaque fois que vous êtes en ligne. La déconnexion les supprime.
}
app-lease-hours = { $hours ->
    [1] Les copies restent une heure sur cet appareil et sont renouvelées chaque fois que vous êtes en ligne. La déconnexion les supprime.
   *[other] Les copies restent jusqu’à { $hours } heures sur cet appareil et sont renouvelées chaque fois que vous êtes en ligne. La déconnexion les supprime.
}
app-none = Vous n’avez pas encore enregistré d’article. Ouvrez-en un et choisissez « Enregistrer ».
app-saved = Enregistré le { $day }
app-remove = Retirer de la liste
app-forget = Supprimer toutes les copies de cet appareil
app-keep = Garder hors ligne
app-keep-all = Tout garder hors ligne
app-kept = Gardé sur cet appareil jusqu’au { $day }
app-drop = Supprimer la copie
app-read = Lire la copie
app-close = Fermer l’article
app-over = La durée de la copie est écoulée et son texte a été supprimé. Dès que vous serez de nouveau en ligne, vous pourrez la garder à nouveau avec votre abonnement.
app-clock = L’horloge de cet appareil a été reculée : nous ne savons plus combien de temps la copie peut être gardée, et son texte a été supprimé. Dès que vous serez de nouveau en ligne, vous pourrez la garder à nouveau.
app-busy = L’article est en cours d’enregistrement…
app-full = Il n’y a plus de place. Supprimez d’abord quelques copies.
app-not-whole = Votre abonnement ne comprend pas cet article en entier, il ne peut donc pas être gardé.
app-failed = Cela n’a pas fonctionné. Réessayez quand vous serez en ligne.
app-script = La lecture hors ligne demande JavaScript, qui est désactivé ici. Votre liste fonctionne sans lui.
app-offline-title = Vous êtes hors ligne
app-offline = Cette page n’est pas disponible pour le moment. Voici les articles gardés sur cet appareil :
app-nothing = Aucun article n’est gardé sur cet appareil.
app-install = Vous pouvez placer { $publication } sur votre écran d’accueil, par le menu de votre navigateur. Nous ne le disons qu’une fois.
app-install-do = Installer
app-install-no = Fermer

# Sur la page d’un article.
app-save = Enregistrer
app-save-kept = Enregistré, et gardé sur cet appareil.
app-save-saved = Enregistré.
