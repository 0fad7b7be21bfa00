package io.mldelivery.runner.declarative;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Expands a matrix into the stages of its cells. */
final class MatrixCells {
    private final List<Map<String, Object>> axes;
    private final List<List<Map<String, Object>>> excludes;
    private final Map<String, Object> cell;

    @SuppressWarnings("unchecked")
    MatrixCells(Map<String, Object> matrix) {
        axes = (List<Map<String, Object>>) matrix.get("axes");
        excludes = (List<List<Map<String, Object>>>) matrix.get("excludes");
        cell = (Map<String, Object>) matrix.get("cell");
    }

    List<Map<String, Object>> stages() {
        List<Map<String, Object>> stages = new ArrayList<>();
        for (Map<String, Object> combination : combinations()) {
            if (excludes.stream().noneMatch(exclude -> isExcluded(combination, exclude))) {
                stages.add(stage(combination));
            }
        }
        return stages;
    }

    /** The first axis varies fastest, as in Jenkins. */
    private List<Map<String, Object>> combinations() {
        List<Map<String, Object>> all = new ArrayList<>(List.of(new LinkedHashMap<>()));
        for (Map<String, Object> axis : axes) {
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Object value : (List<?>) axis.get("values")) {
                for (Map<String, Object> shorter : all) {
                    Map<String, Object> combination = new LinkedHashMap<>(shorter);
                    combination.put((String) axis.get("name"), value);
                    longer.add(combination);
                }
            }
            all = longer;
        }
        return all;
    }

    private static boolean isExcluded(Map<String, Object> combination, List<Map<String, Object>> exclude) {
        for (Map<String, Object> axis : exclude) {
            Object value = combination.get(axis.get("name"));
            boolean matches = axis.get("values") instanceof List<?> values
                    ? values.contains(value)
                    : !((List<?>) axis.get("notValues")).contains(value);
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Object> stage(Map<String, Object> combination) {
        List<String> labels = new ArrayList<>();
        List<String> variables = new ArrayList<>();
        combination.forEach((name, value) -> {
            labels.add(name + " = '" + value + "'");
            variables.add(name + "=" + value);
        });
        Map<String, Object> stage = new LinkedHashMap<>(cell);
        stage.put("name", "Matrix - " + String.join(", ", labels));
        stage.put("matrixVariables", variables);
        return stage;
    }
}
