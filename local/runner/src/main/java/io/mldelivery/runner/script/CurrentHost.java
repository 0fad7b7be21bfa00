package io.mldelivery.runner.script;

final class CurrentHost {
    static final ThreadLocal<ScriptHost> HOST = new ThreadLocal<>();

    private CurrentHost() {}
}
