package io.mldelivery.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What lies where in the image: native libraries, further engines, server and model, each a layer of its own in the order
 * in which they change least, so that a new model moves only the last and smallest one.
 */
final class Contents {

    static final String HOME = "/opt/mldelivery/";
    static final String MODEL = "/opt/ml/model/";

    private Contents() {}

    static List<FileEntriesLayer> layers(ServerFiles server, Optional<Path> engines, ModelFiles model)
            throws IOException {
        List<FileEntriesLayer> layers = new ArrayList<>();
        layers.add(natives(server));
        if (engines.isPresent()) {
            layers.add(engines(engines.get()));
        }
        layers.add(server(server));
        layers.add(model(model));
        return layers;
    }

    private static FileEntriesLayer natives(ServerFiles server) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("native libraries");
        server.natives().forEach((name, file) -> layer.addEntry(file, AbsoluteUnixPath.get(HOME + "native/" + name)));
        return layer.build();
    }

    private static FileEntriesLayer engines(Path folder) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("engines");
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                layer.addEntry(jar, AbsoluteUnixPath.get(HOME + "engines/" + jar.getFileName()));
            }
        }
        FileEntriesLayer made = layer.build();
        if (made.getEntries().isEmpty()) {
            throw new ImageFault("No jars in " + folder, "Give --engines a folder with the engines' jars.");
        }
        return made;
    }

    private static FileEntriesLayer server(ServerFiles server) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder()
                .setName("server")
                .addEntry(server.jar(), AbsoluteUnixPath.get(HOME + "serving.jar"));
        server.sbom().ifPresent(file -> layer.addEntry(file, AbsoluteUnixPath.get(HOME + "sbom/serving.cdx.json")));
        return layer.build();
    }

    private static FileEntriesLayer model(ModelFiles model) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("model");
        for (Path file : model.files()) {
            layer.addEntry(file, AbsoluteUnixPath.get(MODEL + model.relative(file)));
        }
        return layer.build();
    }
}
