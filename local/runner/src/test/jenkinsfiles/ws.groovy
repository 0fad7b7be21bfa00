// ws gives another workspace
node { ws('other') { echo pwd() } }
