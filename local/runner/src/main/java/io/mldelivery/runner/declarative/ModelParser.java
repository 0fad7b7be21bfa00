package io.mldelivery.runner.declarative;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Parses the structure of a {@code pipeline} block: sections, stages, branches, matrices. */
final class ModelParser {
    private static final Set<String> PIPELINE =
            Set.of("agent", "environment", "parameters", "options", "triggers", "tools", "libraries", "stages", "post");
    private static final Set<String> STAGE = Set.of(
            "agent",
            "environment",
            "options",
            "tools",
            "when",
            "input",
            "steps",
            "stages",
            "parallel",
            "matrix",
            "failFast",
            "post");
    private static final Set<String> MATRIX =
            Set.of("axes", "excludes", "agent", "environment", "options", "tools", "when", "input", "stages", "post");
    private static final List<String> CONTENTS = List.of("steps", "stages", "parallel", "matrix");

    private final Problems problems;
    private final SectionParser sections;

    ModelParser(Problems problems) {
        this.problems = problems;
        this.sections = new SectionParser(problems);
    }

    MapExpression pipeline(MethodCallExpression call) {
        ClosureExpression block = Ast.block(call);
        Map<String, MethodCallExpression> found = split(call, block, PIPELINE, false);
        require(found, call, "stages");
        require(found, call, "agent");
        MapExpression model = common(call, found, false);
        addCalls(model, found, "triggers");
        addCalls(model, found, "libraries");
        if (found.containsKey("parameters")) {
            Ast.put(model, "parameters", sections.parameters(found.get("parameters")));
        }
        if (found.containsKey("stages")) {
            Ast.put(model, "stages", Ast.list(stages(found.get("stages"), false, new HashSet<>())));
        }
        return model;
    }

    private void addCalls(MapExpression model, Map<String, MethodCallExpression> found, String section) {
        if (found.containsKey(section)) {
            Ast.put(model, section, sections.calls(found.get(section), section));
        }
    }

    private void require(Map<String, MethodCallExpression> found, ASTNode where, String section) {
        if (!found.containsKey(section)) {
            problems.add(where, "Missing required section \"" + section + "\"");
        }
    }

    /** The sections of a block by name; complains about what is no section. */
    private Map<String, MethodCallExpression> split(
            ASTNode owner, ClosureExpression block, Set<String> allowed, boolean stage) {
        Map<String, MethodCallExpression> found = new LinkedHashMap<>();
        for (Statement statement : Ast.statements(block)) {
            MethodCallExpression call = Ast.call(statement);
            String name = call == null ? null : call.getMethodAsString();
            if (name == null) {
                problems.add(statement, notASection(stage, problems.text(statement)));
            } else if (!allowed.contains(name)) {
                problems.add(stage ? owner : statement, unknown(stage, name));
            } else if (found.put(name, call) != null) {
                problems.add(statement, "Multiple occurrences of the " + name + " section");
            }
        }
        return found;
    }

    private static String notASection(boolean stage, String text) {
        return "Not a valid " + (stage ? "stage " : "") + "section definition: \"" + text
                + "\". Some extra configuration is required.";
    }

    private static String unknown(boolean stage, String name) {
        return stage
                ? "Unknown stage section \"" + name
                        + "\". Starting with version 0.5, steps in a stage must be in a ‘steps’ block."
                : "Undefined section \"" + name + "\"";
    }

    private MapExpression common(ASTNode position, Map<String, MethodCallExpression> found, boolean stage) {
        MapExpression model = Ast.map(position);
        for (Map.Entry<String, MethodCallExpression> section : found.entrySet()) {
            Expression value = sections.parse(section.getKey(), section.getValue(), stage);
            if (value != null) {
                Ast.put(model, section.getKey(), value);
            }
        }
        return model;
    }

    private List<Expression> stages(MethodCallExpression section, boolean parallel, Set<String> names) {
        List<Expression> stages = new ArrayList<>();
        ClosureExpression block = Ast.block(section);
        if (block == null) {
            problems.add(section, "Expected a block for " + section.getMethodAsString());
            return stages;
        }
        for (Statement statement : Ast.statements(block)) {
            MethodCallExpression call = Ast.call(statement);
            if (call == null || !call.getMethodAsString().equals("stage")) {
                problems.add(statement, "Expected a stage");
            } else {
                stages.add(stage(call, section, parallel, names));
            }
        }
        if (stages.isEmpty()) {
            problems.add(section, "No stages specified");
        }
        return stages;
    }

    private Expression stage(
            MethodCallExpression call, MethodCallExpression section, boolean inParallel, Set<String> names) {
        String name = name(call, section, names);
        ClosureExpression block = Ast.block(call);
        if (block == null) {
            problems.add(call, "Stage does not have a block");
            return Ast.map(call);
        }
        Map<String, MethodCallExpression> found = split(call, block, STAGE, true);
        checkContents(call, name, found, inParallel);
        MapExpression model = common(call, found, true);
        Ast.put(model, "name", Ast.text(name));
        addContents(model, found, inParallel, names);
        return model;
    }

    private String name(MethodCallExpression call, MethodCallExpression section, Set<String> names) {
        List<Expression> arguments = Ast.plainArguments(call);
        if (arguments.isEmpty()) {
            problems.add(call, "Expected a stage name but did not find any");
            return "";
        }
        String name = Ast.constantText(arguments.get(0));
        if (name == null) {
            problems.add(arguments.get(0), "Expected string literal");
            return "";
        }
        if (name.isEmpty()) {
            problems.add(call, "Stage does not have a name");
        } else if (!names.add(name)) {
            problems.add(section, "Duplicate stage name: \"" + name + "\"");
        }
        return name;
    }

    private void checkContents(
            MethodCallExpression call, String name, Map<String, MethodCallExpression> found, boolean inParallel) {
        long contents = CONTENTS.stream().filter(found::containsKey).count();
        if (contents == 0) {
            problems.add(call, "Expected one of \"steps\", \"stages\", or \"parallel\" for stage \"" + name + "\"");
        } else if (contents > 1) {
            problems.add(
                    call,
                    "Only one of \"matrix\", \"parallel\", \"stages\", or \"steps\" allowed for stage \"" + name
                            + "\"");
        }
        if (found.containsKey("parallel") || found.containsKey("matrix")) {
            checkBranching(call, name, found, inParallel);
        }
    }

    private void checkBranching(
            MethodCallExpression call, String name, Map<String, MethodCallExpression> found, boolean inParallel) {
        for (String section : List.of("agent", "tools")) {
            if (found.containsKey(section)) {
                problems.add(
                        call,
                        "\"" + section + "\" is not allowed in stage \"" + name
                                + "\" as it contains parallel or matrix stages");
            }
        }
        if (inParallel) {
            problems.add(
                    found.getOrDefault("parallel", found.get("matrix")),
                    "\"matrix\" or \"parallel\" cannot be nested inside another \"matrix\" or \"parallel\".");
        }
    }

    private void addContents(
            MapExpression model, Map<String, MethodCallExpression> found, boolean inParallel, Set<String> names) {
        if (found.containsKey("stages")) {
            Ast.put(model, "stages", Ast.list(stages(found.get("stages"), inParallel, names)));
        }
        if (found.containsKey("parallel")) {
            Ast.put(model, "parallel", Ast.list(stages(found.get("parallel"), true, names)));
        }
        if (found.containsKey("matrix")) {
            Ast.put(model, "matrix", matrix(found.get("matrix"), names));
        }
        if (found.containsKey("failFast")) {
            Ast.put(model, "failFast", failFast(found.get("failFast")));
        }
    }

    private Expression failFast(MethodCallExpression call) {
        List<Expression> arguments = Ast.arguments(call);
        if (arguments.size() == 1
                && arguments.get(0) instanceof ConstantExpression constant
                && constant.getValue() instanceof Boolean) {
            return constant;
        }
        problems.add(call, "Expected a boolean with failFast");
        return ConstantExpression.FALSE;
    }

    private Expression matrix(MethodCallExpression call, Set<String> names) {
        ClosureExpression block = Ast.block(call);
        if (block == null) {
            problems.add(call, "Expected a block for matrix");
            return Ast.map(call);
        }
        Map<String, MethodCallExpression> found = split(call, block, MATRIX, true);
        require(found, call, "axes");
        require(found, call, "stages");
        MapExpression cell = common(call, found, true);
        if (found.containsKey("stages")) {
            Ast.put(cell, "stages", Ast.list(stages(found.get("stages"), true, names)));
        }
        var axes = new AxisParser(problems);
        return Ast.map(
                call,
                "axes",
                axes.axes(found.get("axes")),
                "excludes",
                axes.excludes(found.get("excludes")),
                "cell",
                cell);
    }
}
