def call() {
    echo "never"
