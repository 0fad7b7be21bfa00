package io.jenkins.plugins.mldelivery.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.security.Permission;
import io.mldelivery.gate.waiver.WaiverFile;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.Permissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.interceptor.RequirePOST;

class GateWaiversActionTest {
    private static final String DAY = LocalDate.now(ZoneOffset.UTC).plusDays(3).toString();

    @TempDir
    private Path folder;

    private LocalJob job;
    private GateWaiversAction page;

    @BeforeEach
    void startJenkins() throws Exception {
        LocalJenkins.start(folder.resolve("home"));
        job = LocalJob.named("flights");
        page = new GateWaiversAction(job);
    }

    @AfterEach
    void stopJenkins() throws Exception {
        LocalJenkins.stop();
    }

    @Test
    void shouldAppearOnJobsWithGates() {
        GateWaiversFactory factory = new GateWaiversFactory();
        assertThat(factory.createFor(job)).isEmpty();
        new WaiverFile(GateWaiversFactory.file(job)).create();
        assertThat(factory.createFor(job)).hasSize(1);
        assertThat(Permission.fromId(GateWaiversAction.class.getName() + ".Waive"))
                .isEqualTo(GateWaiversFactory.WAIVE);
    }

    @Test
    void shouldRecordWhoWaivesWhatAndUntilWhen() throws Exception {
        try (ACLContext signedIn = ACL.as2(User.getById("alice", true).impersonate2())) {
            assertThat(page.doAdd("roc_auc threshold", "runs:/1", "known gap", DAY))
                    .isInstanceOf(HttpRedirect.class);
        }
        assertThat(page.getWaivers()).singleElement().satisfies(row -> {
            assertThat(row.getBy()).isEqualTo("alice");
            assertThat(row.getReason()).isEqualTo("known gap");
            assertThat(row.isExpired()).isFalse();
            assertThat(row.getUntil())
                    .startsWith(LocalDate.parse(DAY).plusDays(1).toString());
        });
        assertThat(page.doRevoke("roc_auc threshold", "runs:/1")).isInstanceOf(HttpRedirect.class);
        assertThat(page.getWaivers()).isEmpty();
    }

    @Test
    void shouldRefuseIncompleteWaivers() throws Exception {
        try (ACLContext signedIn = ACL.as2(User.getById("alice", true).impersonate2())) {
            assertThat(page.doAdd("rule", "runs:/1", " ", DAY)).isNotInstanceOf(HttpRedirect.class);
            assertThat(page.doAdd("rule", "runs:/1", "why", "tomorrow")).isNotInstanceOf(HttpRedirect.class);
            assertThat(page.doAdd("rule", "runs:/1", "why", "2020-01-01")).isNotInstanceOf(HttpRedirect.class);
            assertThat(page.doRevoke("rule", "runs:/2")).isNotInstanceOf(HttpRedirect.class);
        }
        assertThat(page.getWaivers()).isEmpty();
    }

    @Test
    void shouldAskForThePermission() {
        Permissions.use((who, what) -> !what.equals(GateWaiversFactory.WAIVE));
        try {
            assertThat(page.isAllowed()).isFalse();
            assertThatThrownBy(() -> page.doAdd("rule", "runs:/1", "why", DAY))
                    .isInstanceOf(AccessDeniedException3.class);
            assertThatThrownBy(() -> page.doRevoke("rule", "runs:/1")).isInstanceOf(AccessDeniedException3.class);
        } finally {
            Permissions.use((who, what) -> true);
        }
        assertThat(page.isAllowed()).isTrue();
    }

    @Test
    void shouldAcceptPostsOnly() throws Exception {
        assertThat(GateWaiversAction.class
                        .getMethod("doAdd", String.class, String.class, String.class, String.class)
                        .isAnnotationPresent(RequirePOST.class))
                .isTrue();
        assertThat(GateWaiversAction.class
                        .getMethod("doRevoke", String.class, String.class)
                        .isAnnotationPresent(RequirePOST.class))
                .isTrue();
    }

    @Test
    void shouldShowThatTheFileIsDamaged() throws Exception {
        new WaiverFile(GateWaiversFactory.file(job)).create();
        Files.writeString(GateWaiversFactory.file(job), "{");
        assertThat(page.getProblem()).contains("damaged");
        assertThat(page.getWaivers()).isEmpty();
    }
}
