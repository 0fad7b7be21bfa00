package org.conf

class Tool implements Serializable {
    private final def steps

    Tool(steps) {
        this.steps = steps
    }

    def run(String command) {
        steps.echo "tool runs ${command}"
        return command.reverse()
    }

    static String version() {
        'v3'
    }

    @NonCPS
    static String sorted(List values) {
        values.sort().join(',')
    }
}
