package org.kohsuke.stapler.verb;

import org.kohsuke.stapler.interceptor.Interceptor;

/** The framework's choice by HTTP method. */
public class HttpVerbInterceptor extends Interceptor {}
