// Draws what stands in data-chart with the Chart.js that the theme brings along; follows light and dark.

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function draw(canvas) {
  const dark = document.documentElement.classList.contains("dark");
  const ink = colour(dark ? "--color-base-300" : "--color-base-600");
  const line = colour(dark ? "--color-base-800" : "--color-base-200");
  const stacked = "stacked" in canvas.dataset;
  const horizontal = "horizontal" in canvas.dataset;
  const value = { beginAtZero: true, stacked, grid: { color: line }, border: { display: false }, ticks: { color: ink, maxTicksLimit: 5 } };
  const label = { stacked, grid: { display: false }, ticks: { color: ink, maxRotation: 0, autoSkipPadding: 16, autoSkip: !horizontal } };
  if ("percent" in canvas.dataset) Object.assign(value, { max: 100, ticks: { ...value.ticks, callback: (v) => `${v} %` } });
  const data = JSON.parse(canvas.dataset.chart);
  const drawn = new Chart(canvas, {
    type: data.type || "bar",
    data,
    options: {
      indexAxis: horizontal ? "y" : "x",
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false, axis: horizontal ? "y" : "x" },
      datasets: { bar: { borderRadius: 2, maxBarThickness: 28 } },
      plugins: { legend: { display: data.datasets.length > 1, position: "bottom", labels: { color: ink, boxWidth: 12, boxHeight: 12 } } },
      scales: horizontal ? { x: value, y: label } : { x: label, y: value },
    },
  });
  return drawn;
}

let charts = [];
function drawAll() {
  charts.forEach((chart) => chart.destroy());
  charts = [...document.querySelectorAll("canvas[data-chart]")].map(draw);
}

addEventListener("load", () => {
  drawAll();
  new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["class"] });
});
