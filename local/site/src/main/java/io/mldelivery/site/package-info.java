/**
 * The update site: what Jenkins downloads to know our plugins, signed. Start with {@link io.mldelivery.site.UpdateSite} to write one and
 * with {@link io.mldelivery.site.SiteVerifier} to check one.
 */
package io.mldelivery.site;
