## Les flux d'un lecteur, avec les articles entiers, sur les pages du compte.

feeds-title = Vos flux
feeds-pitch = Lisez { $publication } dans votre lecteur de flux : ce que votre abonnement vous permet de lire y vient en entier, le reste avec un extrait qui mène à nos pages.
feeds-secret = L’adresse est comme un mot de passe : qui l’a lit ce que vous pouvez lire. Donnez-la à votre lecteur de flux et à personne d’autre. Ce que vous y lisez n’est pas compté, et nous n’en gardons que le jour où l’adresse a servi pour la dernière fois.
feeds-all = Tous les articles
feeds-sections = Une seule rubrique
feeds-made-title = Votre nouvelle adresse
feeds-made = Copiez-la maintenant dans votre lecteur de flux : elle n’est montrée que cette fois. L’adresse que vous aviez avant ne vaut plus rien.
feeds-yours = Votre adresse
feeds-since = Vous l’avez depuis le { $day }.
feeds-used = Elle a servi pour la dernière fois le { $day }.
feeds-unused = Elle n’a pas encore servi.
feeds-hidden = Nous n’en gardons qu’une trace qui permet de la reconnaître, et ne pouvons donc pas vous la montrer une seconde fois.
feeds-ended = Votre adresse a pris fin le { $day }. Elle ne vaut plus rien.
feeds-spread = Le { $day }, votre adresse a servi depuis de très nombreux endroits. Si d’autres peuvent l’avoir, remplacez-la.
feeds-make-title = Créer une adresse
feeds-make = Créer mon adresse
feeds-other = La remplacer ou y mettre fin
feeds-renew-pitch = Si vous avez perdu l’adresse, ou si d’autres peuvent l’avoir, créez-en une nouvelle : l’ancienne prend fin aussitôt.
feeds-renew = En créer une nouvelle
feeds-end = Mettre fin à l’adresse

feeds-nowhere = Il n’y a pas de flux à cette adresse.
feeds-too-often = Ce flux est demandé trop souvent. Veuillez réessayer plus tard.
feeds-later = Ce flux n’est pas disponible pour l’instant. Veuillez réessayer plus tard.

## Les flux de tout le monde.

pub-feeds = Flux
pub-feeds-pitch = Les nouveaux articles dans votre lecteur de flux, avec titre et résumé. Copiez-y une de ces adresses.
pub-feeds-all = Tous les articles
pub-feeds-others = Chaque thème et chaque signature ont aussi leurs flux : les lecteurs de flux les trouvent à l’adresse de la page.
pub-feeds-own = Qui a un compte peut avoir ses propres flux, où ce qu’il peut lire vient en entier :
pub-feed-title = { $name } – { $paper }
