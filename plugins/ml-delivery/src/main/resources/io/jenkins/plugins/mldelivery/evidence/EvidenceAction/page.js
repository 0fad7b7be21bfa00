// Mounts the report component on the build's page and follows the build while it runs.
import { follow } from "../../../../../mldelivery/report/report.js";

const root = document.getElementById("ml-delivery-report");
const page = window.location.pathname.replace(/\/$/, "");
follow(root, `${page}/${root.dataset.report}`);
