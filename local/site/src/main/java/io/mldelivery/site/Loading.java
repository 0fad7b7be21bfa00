package io.mldelivery.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which plugins of a site a controller would refuse to load, by the rules of Jenkins' PluginWrapper: core and hard dependencies first. */
final class Loading {
    private final JsonNode plugins;
    private final Controller controller;

    Loading(JsonNode plugins, Controller controller) {
        this.plugins = plugins;
        this.controller = controller;
    }

    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        for (JsonNode plugin : plugins) {
            core(plugin, obstacles);
            plugin.path("dependencies").forEach(need -> dependency(plugin, need, obstacles));
        }
        return obstacles;
    }

    private void core(JsonNode plugin, List<String> obstacles) {
        PluginVersion required = version(plugin.path("requiredCore"));
        controller
                .core()
                .map(PluginVersion::new)
                .filter(core -> core.olderThan(required))
                .ifPresent(core -> obstacles.add(named(plugin) + " needs Jenkins " + required.text()
                        + " or newer; the controller has " + core.text()));
    }

    private void dependency(JsonNode plugin, JsonNode need, List<String> obstacles) {
        String name = need.path("name").asText();
        boolean optional = need.path("optional").asBoolean();
        if (plugins.has(name)) {
            compare(plugin, need, version(plugins.path(name).path("version")), "the site", obstacles);
        } else if (controller.plugins().isPresent()) {
            Map<String, String> there = controller.plugins().get();
            if (there.containsKey(name)) {
                compare(plugin, need, new PluginVersion(there.get(name)), "the controller", obstacles);
            } else if (!optional) {
                obstacles.add(
                        named(plugin) + " needs " + named(need) + ", which neither the site nor the controller has");
            }
        }
    }

    /** An empty version is the newest. */
    private static void compare(
            JsonNode plugin, JsonNode need, PluginVersion there, String where, List<String> obstacles) {
        if (!there.text().isEmpty() && there.olderThan(version(need.path("version")))) {
            obstacles.add(named(plugin) + " needs " + named(need) + " or newer; " + where + " has " + there.text());
        }
    }

    private static PluginVersion version(JsonNode text) {
        return new PluginVersion(text.asText());
    }

    private static String named(JsonNode plugin) {
        return plugin.path("name").asText() + " " + plugin.path("version").asText();
    }
}
