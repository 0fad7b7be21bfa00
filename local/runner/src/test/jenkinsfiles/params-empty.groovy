// params without declarations
echo "${params}"
