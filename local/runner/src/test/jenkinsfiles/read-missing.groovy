// readFile of a file that is not there
node { deleteDir(); try { readFile 'nothing' } catch (java.nio.file.NoSuchFileException e) { echo 'no such file' } }
